package io.sluice.connector.source.postgres;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.jdbc.PostgresErrors;
import io.sluice.connector.source.postgres.json.RowTooLargeException;
import java.sql.SQLException;
import java.util.Objects;
import org.postgresql.copy.CopyOut;

/**
 * What all reads have in common: an interrupt or a silent server ends them, and what goes wrong is said so that a person
 * can act on it. Used by one thread.
 *
 * @param session the session that reads
 * @param settings where the session came from
 * @param pulse when the server was heard last
 */
record WatchedRead(Session session, SourceSettings settings, ReadPulse pulse) {
    WatchedRead {
        Objects.requireNonNull(session, "session");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(pulse, "pulse");
    }

    /** Work that waits for the server. */
    @FunctionalInterface
    interface Work {
        void run() throws SQLException;
    }

    /** A question to the server. */
    @FunctionalInterface
    interface Question<T> {
        T ask() throws SQLException;
    }

    /** Reads under watch; returns without error when the thread was interrupted. */
    void run(Work work) throws ConnectorException {
        try (InterruptWatch watch = InterruptWatch.over(session);
                StallWatch stall = StallWatch.over(settings.server(), session, pulse, settings.silence())) {
            run(work, stall);
        } catch (SQLException failure) {
            if (!Thread.currentThread().isInterrupted()) {
                throw new ConnectorException(PostgresErrors.working(failure), failure);
            }
        } catch (RowTooLargeException tooLarge) {
            throw SourceErrors.rowTooLarge();
        }
    }

    private void run(Work work, StallWatch stall) throws SQLException, ConnectorException {
        try {
            session.waitForEver();
            if (!Thread.currentThread().isInterrupted()) {
                work.run();
            }
        } catch (SQLException failure) {
            if (stall.gaveUp()) {
                throw SourceErrors.silent(settings.silence());
            }
            throw failure;
        }
    }

    /** Waits for an answer. */
    <T> T asked(Question<T> question) throws SQLException {
        pulse.waiting();
        T answer = question.ask();
        pulse.heard();
        return answer;
    }

    /** The next message of a COPY, or null at its end. */
    byte[] next(CopyOut copy) throws SQLException {
        pulse.waiting();
        byte[] message = copy.readFromCopy();
        pulse.heard();
        return message;
    }
}
