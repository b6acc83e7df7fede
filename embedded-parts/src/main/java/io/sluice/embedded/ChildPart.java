package io.sluice.embedded;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * A part that is one child process. Subclasses say how it is started; life, end and memory are the same for all.
 * Thread-safe.
 */
public abstract class ChildPart implements EmbeddedPart {
    private final String name;
    private final Duration grace;
    private final StartInProgress startInProgress = new StartInProgress();
    private ChildProcess process;

    /**
     * A part that does not run yet.
     *
     * @param name see {@link #name()}
     * @param grace how long an orderly end may take before the process is killed
     */
    protected ChildPart(String name, Duration grace) {
        this.name = Objects.requireNonNull(name);
        this.grace = Objects.requireNonNull(grace);
    }

    /**
     * Starts the process and returns when it accepts work. Never called while one lives.
     *
     * @throws PartException when it ends or stays silent; no process is left then
     */
    protected abstract ChildProcess launch();

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final synchronized void start() {
        if (isAlive()) {
            return;
        }
        startInProgress.begin();
        try {
            process = launch();
        } finally {
            startInProgress.end();
        }
    }

    @Override
    public final void stop() {
        startInProgress.interrupt();
        synchronized (this) {
            if (process != null) {
                process.stop(grace);
                process = null;
            }
        }
    }

    @Override
    public final void kill() {
        startInProgress.interrupt();
        synchronized (this) {
            if (process != null) {
                process.kill();
                process = null;
            }
        }
    }

    @Override
    public final synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    @Override
    public final synchronized long residentBytes() {
        return process == null ? 0 : process.residentBytes();
    }

    @Override
    public final synchronized CompletableFuture<Integer> onExit() {
        return process == null
                ? CompletableFuture.completedFuture(0)
                : process.onExit().thenApply(Process::exitValue);
    }

    /** The thread that starts the process now, if any, so that whoever stops it need not wait until it is ready. */
    private static final class StartInProgress {
        private Thread thread;
        private boolean interrupted;

        synchronized void begin() {
            thread = Thread.currentThread();
            interrupted = false;
        }

        synchronized void interrupt() {
            if (thread != null) {
                interrupted = true;
                thread.interrupt();
            }
        }

        /** Our interrupt was for the start alone: the thread may go on with other work. */
        synchronized void end() {
            thread = null;
            if (interrupted) {
                Thread.interrupted();
            }
        }
    }
}
