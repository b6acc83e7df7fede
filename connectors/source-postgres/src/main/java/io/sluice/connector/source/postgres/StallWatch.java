package io.sluice.connector.source.postgres;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.jdbc.PostgresErrors;
import io.sluice.connector.jdbc.PostgresSettings;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends a read whose connection is dead without saying so: a network that swallows everything, a peer that was half closed.
 * A fixed time limit would not do, because a server may rightly be silent for an hour while it sorts. So after some silence
 * the server is asked over a second connection what it does for the first one; only when it is not busy with the query, or
 * cannot be reached either, is the session ended. One virtual thread per read, ended by {@link #close}.
 */
final class StallWatch implements AutoCloseable {
    /** The server has sent all it could and waits for us to take it, while we wait for it. */
    private static final String BLOCKED_ON_US = "ClientWrite";

    private final PostgresSettings settings;
    private final Session session;
    private final ReadPulse pulse;
    private final Duration silence;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean gaveUp;

    private StallWatch(PostgresSettings settings, Session session, ReadPulse pulse, Duration silence) {
        this.settings = settings;
        this.session = session;
        this.pulse = pulse;
        this.silence = silence;
    }

    /**
     * Watches a session.
     *
     * @param silence how long the server may say nothing before it is asked
     */
    static StallWatch over(PostgresSettings settings, Session session, ReadPulse pulse, Duration silence) {
        StallWatch watch = new StallWatch(settings, session, pulse, silence);
        Thread.ofVirtual().name("source-postgres-stall-watch").start(watch::run);
        return watch;
    }

    private void run() {
        long before = pulse.now();
        try {
            while (!done.await(silence.toMillis(), TimeUnit.MILLISECONDS)) {
                long now = pulse.now();
                boolean silent = now == before && (now & 1) == 1;
                if (silent && !isAtWork() && pulse.now() == now) {
                    gaveUp = true;
                    session.abort();
                    return;
                }
                before = now;
            }
        } catch (InterruptedException nobodyInterruptsThisThread) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the session was ended because its connection is dead. */
    boolean gaveUp() {
        return gaveUp;
    }

    /** Whether the server still works on the session's query; when it answers but does not say, it is believed to. */
    private boolean isAtWork() {
        try (Session other = Session.open(settings)) {
            return switch (other.activityOf(session.backend())) {
                case "", "idle", "idle in transaction", "idle in transaction (aborted)", BLOCKED_ON_US -> false;
                default -> true;
            };
        } catch (ConnectorException refused) {
            return !refused.error().code().equals(PostgresErrors.HOST_UNREACHABLE)
                    && !refused.error().code().equals(PostgresErrors.CONNECTION_LOST);
        } catch (SQLException lost) {
            return false;
        }
    }

    @Override
    public void close() {
        done.countDown();
    }
}
