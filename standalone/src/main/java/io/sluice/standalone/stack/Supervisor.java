package io.sluice.standalone.stack;

import io.sluice.embedded.EmbeddedPart;
import io.sluice.embedded.PartException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Watches running parts: one that ends is started again after a growing wait, one that says of itself that it no longer
 * works is ended and so started again. One virtual thread per part.
 */
final class Supervisor {
    private static final Duration CHECK_EVERY = Duration.ofSeconds(15);
    private static final int UNHEALTHY_CHECKS = 4;

    private final Reporter reporter;
    private final CountDownLatch over = new CountDownLatch(1);

    Supervisor(Reporter reporter) {
        this.reporter = reporter;
    }

    void watch(List<? extends EmbeddedPart> parts) {
        for (EmbeddedPart part : parts) {
            Thread.ofVirtual().name("watch-" + part.name()).start(() -> keepAlive(part));
            if (part instanceof Service service) {
                Thread.ofVirtual().name("check-" + part.name()).start(() -> keepHealthy(service));
            }
        }
    }

    /** From now on an ending part is left alone. */
    void end() {
        over.countDown();
    }

    private void keepAlive(EmbeddedPart part) {
        Backoff backoff = new Backoff();
        long startedAt = System.nanoTime();
        while (true) {
            int exitCode = part.onExit().join();
            Duration wait = backoff.after(Duration.ofNanos(System.nanoTime() - startedAt));
            if (isOver(Duration.ZERO)) {
                return;
            }
            reporter.problem(part.name() + " ended (exit code " + exitCode + "): starting it again in "
                    + wait.toSeconds() + " s");
            if (isOver(wait)) {
                return;
            }
            startedAt = System.nanoTime();
            try {
                part.start();
                reporter.problem(part.name() + " runs again");
            } catch (PartException e) {
                reporter.problem(firstLine(e.getMessage()));
            }
        }
    }

    private void keepHealthy(Service service) {
        int bad = 0;
        while (!isOver(CHECK_EVERY)) {
            bad = !service.isAlive() || service.isLive() ? 0 : bad + 1;
            if (bad == UNHEALTHY_CHECKS) {
                reporter.problem(service.name() + " does not work any more: ending it, to start it again");
                service.kill();
                bad = 0;
            }
        }
    }

    private boolean isOver(Duration wait) {
        try {
            return over.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }
}
