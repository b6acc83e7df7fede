package io.sluice.embedded;

import java.util.concurrent.CompletableFuture;

/**
 * A server that runs as a child process. Life: {@link #start()} → {@link #stop()} or {@link #kill()} → {@link
 * #start()} again on the same data and the same port, as often as wanted. Methods may be called from any thread; calls
 * on one part are serialized.
 */
public interface EmbeddedPart extends AutoCloseable {
    /** Short name for log lines and log files, such as {@code kafka}. */
    String name();

    /**
     * Starts the server and returns when it accepts work. Does nothing when it already runs.
     *
     * @throws PartException when it ends or stays silent; the message names the log file and carries its last lines
     */
    void start();

    /**
     * Asks the server to end in order, and ends it by force when it does not do so in time. A {@link #start()} that is
     * under way in another thread fails.
     */
    void stop();

    /** Ends the server with SIGKILL, as a crash would, and returns when the process is gone. */
    void kill();

    /** True while the process lives. */
    boolean isAlive();

    /** Memory that the process holds now, in bytes; 0 when it does not run or the system does not tell. */
    long residentBytes();

    /** Completes with the exit code when the process of this start ends, for whatever reason; at once when none runs. */
    CompletableFuture<Integer> onExit();

    /** The same as {@link #stop()}. */
    @Override
    default void close() {
        stop();
    }
}
