package io.sluice.standalone.cli;

import io.sluice.standalone.stack.Reporter;
import io.sluice.standalone.stack.Stack;
import java.util.concurrent.CountDownLatch;

/**
 * A stack that ends with this process: Ctrl-C and SIGTERM stop it in order. The exit code after a signal is chosen
 * here, since an orderly stop of a server that was asked to stop is a success and not the JVM's 143.
 */
final class RunningStack implements AutoCloseable {
    private static final int INTERRUPTED = 130;

    private final Stack stack;
    private volatile boolean ended;
    private volatile int exitCodeOnSignal = INTERRUPTED;

    RunningStack(Stack.Settings settings, Reporter reporter) {
        this.stack = Stack.open(settings, reporter);
        Runtime.getRuntime().addShutdownHook(new Thread(this::onShutdown, "stack-stop"));
        try {
            stack.start();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void onShutdown() {
        if (!ended) {
            stack.stop();
            Runtime.getRuntime().halt(exitCodeOnSignal);
        }
    }

    Stack stack() {
        return stack;
    }

    /** Blocks until a signal ends the process; that is a success from now on. */
    void stayUp() {
        exitCodeOnSignal = 0;
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stack.stop();
        ended = true;
    }
}
