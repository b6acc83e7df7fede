package io.sluice.connector.destination.postgres;

import io.sluice.connector.ConnectorError;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.destination.BatchResult;
import io.sluice.connector.destination.DestinationBatch;
import io.sluice.connector.destination.DestinationWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Writes to one table, over whichever client connection is free. */
final class PostgresWriter implements DestinationWriter {
    private final SessionPool sessions;
    private final WriteTarget target;
    private final DestinationSettings.MissingOnUpdate missing;
    private final CopyText text = new CopyText();

    PostgresWriter(SessionPool sessions, WriteTarget target, DestinationSettings.MissingOnUpdate missing) {
        this.sessions = sessions;
        this.target = target;
        this.missing = missing;
    }

    @Override
    public BatchResult write(DestinationBatch batch) {
        Optional<ConnectorError> refusal = target.refusal(batch.kind());
        if (refusal.isPresent()) {
            return new BatchResult.Failed(refusal.get());
        }
        PreparedBatch prepared = PreparedBatch.of(batch, target, text);
        Session session;
        try {
            session = sessions.borrow();
        } catch (ConnectorException unavailable) {
            return notConnected(unavailable.error());
        } catch (SQLException lost) {
            return notWritten(Failure.of(lost));
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return new BatchResult.RetryLater(Duration.ZERO, "interrupted while waiting for a client connection");
        }
        boolean healthy = false;
        try {
            BatchJob job = new BatchJob(session, session.stage(target), prepared, missing);
            BatchResult result = job.run();
            healthy = job.healthy();
            return result;
        } catch (SQLException noStage) {
            healthy = session.rollback();
            return notWritten(Failure.of(noStage));
        } finally {
            if (healthy) {
                sessions.giveBack(session);
            } else {
                sessions.discard(session);
            }
        }
    }

    @Override
    public void close() {
        // Connections and staging tables belong to the pool, for the next writer of the same table.
    }

    /** The server may come back; a wrong password or database name stays wrong. */
    private static BatchResult notConnected(ConnectorError error) {
        return error.fault() == ConnectorError.Fault.EXTERNAL
                ? new BatchResult.RetryLater(Duration.ZERO, error.message(), Optional.of(error))
                : new BatchResult.Failed(error);
    }

    private static BatchResult notWritten(Failure failure) {
        return switch (failure) {
            case Failure.Busy(String reason) -> new BatchResult.RetryLater(Duration.ZERO, reason);
            case Failure.Away(var error) -> notConnected(error);
            case Failure.Broken(var error) -> new BatchResult.Failed(error);
            case Failure.BadRecord(String reason, var _) ->
                new BatchResult.Failed(new ConnectorError(
                        "STAGING_FAILED",
                        ConnectorError.Fault.EXTERNAL,
                        "The temporary staging table could not be made: " + reason));
        };
    }
}
