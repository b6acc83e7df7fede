package io.sluice.connector.destination.postgres;

import io.sluice.connector.destination.AttemptResult;
import io.sluice.connector.destination.BatchResult;
import io.sluice.operation.OperationKind;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.postgresql.copy.CopyIn;

/**
 * Writes one batch in one transaction.
 *
 * <p>Normally each group of records is one COPY into the staging table and one statement out of it. When the server
 * refuses something, the transaction is done again with both steps cut in pieces, each behind a savepoint: a refused
 * piece is cut further, down to the single record, whose refusal is then its own (RTY-3). So every bad record gets the
 * server's own word, and the good ones of the batch still become durable together, with one commit.
 */
final class BatchJob {
    private static final int CUT = 10;

    /** The stable reason of BEH-15. */
    static final String NO_MATCH = "no matching record in the destination";

    /** The note of BEH-15 where the connection skips updates without a match. */
    static final String SKIPPED = "skipped: no matching record";

    /** The note of BEH-16. */
    static final String EXISTS = "skipped: exists";

    private final Session session;
    private final StagedSql sql;
    private final PreparedBatch batch;
    private final AttemptResult withoutMatch;
    private final Arrangement records;
    private final AttemptResult[] answers;
    private boolean committing;
    private boolean healthy = true;

    BatchJob(Session session, StagedSql sql, PreparedBatch batch, DestinationSettings.MissingOnUpdate missing) {
        this.session = session;
        this.sql = sql;
        this.batch = batch;
        this.withoutMatch = switch (missing) {
            case REJECT -> new AttemptResult.Rejected(NO_MATCH);
            case SKIP -> new AttemptResult.Accepted(Optional.of(SKIPPED));
        };
        this.records = batch.records();
        this.answers = new AttemptResult[records.size()];
    }

    /** Whether the session is fit for another batch. */
    boolean healthy() {
        return healthy;
    }

    BatchResult run() {
        Optional<BatchResult> done = attempt(this::whole);
        if (done.isEmpty()) {
            done = attempt(this::inPieces);
        }
        return done.orElseGet(() -> new BatchResult.Refused("the batch was refused when it was committed"));
    }

    @FunctionalInterface
    private interface Work {
        void run() throws SQLException;
    }

    /** One transaction; empty when some record of several is bad and none is blamed yet. */
    private Optional<BatchResult> attempt(Work work) {
        Arrays.fill(answers, AttemptResult.Accepted.PLAIN);
        committing = false;
        try {
            work.run();
            committing = true;
            session.connection().commit();
            return Optional.of(result());
        } catch (SQLException failure) {
            healthy = session.rollback();
            return judge(Failure.of(failure));
        }
    }

    private Optional<BatchResult> judge(Failure failure) {
        return switch (failure) {
            case Failure.BadRecord(String reason, var _) ->
                records.size() > 1
                        ? Optional.empty()
                        : Optional.of(new BatchResult.PerRecord(
                                List.of(new AttemptResult.Rejected(sql.lookups().named(reason)))));
            case Failure.Busy(String reason) -> Optional.of(new BatchResult.RetryLater(Duration.ZERO, reason));
            case Failure.Away(var error) -> {
                healthy = false;
                yield Optional.of(
                        committing
                                ? new BatchResult.Unknown("The connection was lost during the commit.")
                                : new BatchResult.RetryLater(Duration.ZERO, error.message(), Optional.of(error)));
            }
            case Failure.Broken(var error) -> Optional.of(new BatchResult.Failed(error));
        };
    }

    private BatchResult result() {
        for (AttemptResult answer : answers) {
            if (answer != AttemptResult.Accepted.PLAIN) {
                return new BatchResult.PerRecord(List.of(answers));
            }
        }
        return new BatchResult.AllAccepted();
    }

    private void whole() throws SQLException {
        for (int index = 0; index < records.groups().size(); index++) {
            Arrangement.Group group = records.groups().get(index);
            stage(group, group.rows(), batch.staged().get(index));
            move(group, group.rows());
        }
    }

    private void inPieces() throws SQLException {
        // A constraint that waits for the commit could not be blamed on a record any more.
        session.execute("set constraints all immediate");
        for (Arrangement.Group group : records.groups()) {
            settle(group.rows().pieces(CUT), rows -> stage(group, rows));
            Savepoint staged = session.connection().setSavepoint();
            try {
                move(group, group.rows());
            } catch (SQLException failure) {
                badRecord(failure);
                session.connection().rollback(staged);
                session.execute(sql.index());
                settle(group.rows().pieces(CUT), rows -> move(group, rows));
            }
        }
    }

    @FunctionalInterface
    private interface Step {
        void run(Range rows) throws SQLException;
    }

    /** Does a step piece by piece; single records that are refused are answered, all others are done. */
    private void settle(List<Range> pieces, Step step) throws SQLException {
        Deque<Range> waiting = new ArrayDeque<>(pieces);
        for (Range piece = waiting.poll(); piece != null; piece = waiting.poll()) {
            Savepoint before = session.connection().setSavepoint();
            try {
                step.run(piece);
            } catch (SQLException failure) {
                Failure.BadRecord bad = badRecord(failure);
                session.connection().rollback(before);
                if (piece.size() == 1) {
                    answer(
                            piece.from(),
                            new AttemptResult.Rejected(sql.lookups().named(bad.reason())));
                } else {
                    piece.around(bad.line()).reversed().forEach(waiting::addFirst);
                }
            }
            session.connection().releaseSavepoint(before);
        }
    }

    private static Failure.BadRecord badRecord(SQLException failure) throws SQLException {
        if (Failure.of(failure) instanceof Failure.BadRecord bad) {
            return bad;
        }
        throw failure;
    }

    private void move(Arrangement.Group group, Range rows) throws SQLException {
        OperationKind kind = batch.kind();
        String move = sql.move(kind, group.columns(), rows);
        if (kind == OperationKind.UPDATE) {
            session.numbers(move, position -> answer(position, withoutMatch));
        } else if (kind == OperationKind.INSERT) {
            session.numbers(move, position -> answer(position, new AttemptResult.Accepted(Optional.of(EXISTS))));
        } else {
            session.execute(move);
        }
    }

    /** Stages a piece: what was prepared as a whole is not needed any more. */
    private void stage(Arrangement.Group group, Range rows) throws SQLException {
        batch.text().clear();
        stage(group, rows, StagedRows.of(records, group, rows, sql.target(), batch.text()));
    }

    /** Stages rows. One that is known to be unfit is answered here. */
    private void stage(Arrangement.Group group, Range rows, StagedRows staged) throws SQLException {
        CopyIn copy = session.copyIn(sql.copy(group.columns()));
        try {
            staged.sendTo(copy);
            copy.endCopy();
        } catch (SQLException | RuntimeException failure) {
            cancel(copy, failure);
            throw failure;
        }
        staged.unfit().forEach(unfit -> answer(unfit.position(), new AttemptResult.Rejected(unfit.reason())));
        LookupStep.run(session, sql.lookups(), group.columns(), rows, this::answer);
    }

    /** The connection takes no other statement before the copy has ended. */
    private static void cancel(CopyIn copy, Exception why) {
        try {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        } catch (SQLException lost) {
            why.addSuppressed(lost);
        }
    }

    private void answer(int position, AttemptResult answer) {
        answers[records.batchIndex(position)] = answer;
    }
}
