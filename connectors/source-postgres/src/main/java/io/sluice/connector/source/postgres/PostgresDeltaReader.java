package io.sluice.connector.source.postgres;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.source.DeltaReader;
import io.sluice.connector.source.DeltaRow;
import io.sluice.connector.source.DeltaRow.Kind;
import io.sluice.connector.source.DeltaSink;
import io.sluice.connector.source.SourceRow;
import io.sluice.connector.source.postgres.json.DeltaTuple;
import io.sluice.connector.source.postgres.json.RowEncoder;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import org.postgresql.copy.CopyOut;

/**
 * One diff, in the session's snapshot. A table is scanned once for its rows and once to count them; a further scan for the
 * removed records happens only when the counts say that there are any. What may give other rows the second time is
 * evaluated once, in one statement.
 */
final class PostgresDeltaReader implements DeltaReader {
    private final WatchedRead watched;
    private final Session session;
    private final DeltaStatements statements;
    private final String countKnown;
    private final boolean unique;
    private final Optional<String> mark;
    private final boolean removals;
    private final Consumer<PostgresDeltaReader> whenClosed;
    private volatile boolean streaming;

    private long total;
    private long known;
    private long added;
    private long given;
    private long invalid;
    private boolean duplicates;
    private boolean stopped;

    /**
     * @param watched the read; its session is this reader's alone, and closed with it
     * @param countKnown the query that counts the records of the state
     * @param read what is compared
     * @param removals whether removed records are wanted
     * @param whenClosed told when the session is given back
     */
    PostgresDeltaReader(
            WatchedRead watched,
            DeltaStatements statements,
            String countKnown,
            PreparedRead read,
            boolean removals,
            Consumer<PostgresDeltaReader> whenClosed) {
        this.watched = watched;
        this.session = watched.session();
        this.statements = statements;
        this.countKnown = countKnown;
        this.unique = read.unique();
        this.mark = read.mark();
        this.removals = removals;
        this.whenClosed = whenClosed;
    }

    @Override
    public Optional<Counts> read(DeltaSink sink) throws ConnectorException {
        streaming = true;
        try {
            watched.run(() -> diff(sink));
        } finally {
            streaming = false;
        }
        return stopped || Thread.currentThread().isInterrupted()
                ? Optional.empty()
                : Optional.of(new Counts(total, total - given - invalid, known));
    }

    @Override
    public Optional<String> highWaterMark() {
        return mark;
    }

    private void diff(DeltaSink sink) throws SQLException {
        session.tuneForDiff();
        if (statements.read().relation().repeatable()) {
            scans(sink);
        } else {
            copy(statements.copyOnce(removals), sink);
        }
    }

    private void scans(DeltaSink sink) throws SQLException {
        duplicates =
                !unique && watched.asked(() -> session.ask(statements.read().anyDuplicates()));
        total = count(statements.countRows());
        copy(statements.copyRows(duplicates), sink);
        if (stopped) {
            return;
        }
        known = count(countKnown);
        if (!removals) {
            return;
        }
        long removed = duplicates ? count(statements.countRemoved()) : known - (total - invalid - added);
        if (removed > 0 && wantsRemoved(removed, sink)) {
            copy(statements.copyRemoved(), sink);
        }
    }

    private long count(String sql) throws SQLException {
        return watched.asked(() -> session.count(sql));
    }

    private boolean wantsRemoved(long removed, DeltaSink sink) {
        stopped = removed > 0 && !sink.wantsRemoved(removed, known);
        return !stopped;
    }

    private void copy(String sql, DeltaSink sink) throws SQLException {
        ReadStatements read = statements.read();
        RowEncoder encoder = RowEncoder.withExtraColumns(
                read.columns().stream().map(ResultColumn::name).toList(),
                read.columns().stream()
                        .map(column -> column.encoding().encoder())
                        .toList(),
                read.columns().indexOf(read.identifier()),
                DeltaStatements.EXTRA_COLUMNS);
        CopyOut copy = watched.asked(() -> session.copyOut(sql));
        Thread reader = Thread.currentThread();
        for (byte[] message = watched.next(copy); message != null; message = watched.next(copy)) {
            SourceRow row = encoder.encode(message);
            if (row != null && (!take(row, DeltaTuple.at(message, encoder.end()), sink) || reader.isInterrupted())) {
                stopped = true;
                session.cancel();
                return;
            }
        }
    }

    private boolean take(SourceRow row, DeltaTuple tuple, DeltaSink sink) {
        switch (tuple.kind()) {
            case DeltaStatements.ADDED -> {
                added++;
                given++;
                return sink.accept(new DeltaRow(Kind.ADDED, row.identifier(), row.payload(), tuple.fingerprint()));
            }
            case DeltaStatements.CHANGED -> {
                given++;
                return sink.accept(new DeltaRow(Kind.CHANGED, row.identifier(), row.payload(), tuple.fingerprint()));
            }
            case DeltaStatements.RESENT -> {
                given++;
                return sink.accept(new DeltaRow(Kind.RESENT, row.identifier(), row.payload(), tuple.fingerprint()));
            }
            case DeltaStatements.RESTATED -> {
                return sink.accept(new DeltaRow(Kind.RESTATED, row.identifier(), row.payload(), tuple.fingerprint()));
            }
            case DeltaStatements.NULL_IDENTIFIER -> {
                invalid++;
                return sink.accept(new DeltaRow(Kind.NULL_IDENTIFIER, null, row.payload(), tuple.fingerprint()));
            }
            case DeltaStatements.DUPLICATE_IDENTIFIER -> {
                invalid++;
                return sink.accept(
                        new DeltaRow(Kind.DUPLICATE_IDENTIFIER, row.identifier(), row.payload(), tuple.fingerprint()));
            }
            case DeltaStatements.REMOVED -> {
                return sink.accept(new DeltaRow(Kind.REMOVED, tuple.identifier(), null, null));
            }
            case DeltaStatements.TOTAL -> total = tuple.number();
            case DeltaStatements.TOTAL_KNOWN -> known = tuple.number();
            case DeltaStatements.TOTAL_REMOVED -> {
                return wantsRemoved(tuple.number(), sink);
            }
            default -> throw new IllegalStateException("a tuple of unknown kind " + tuple.kind());
        }
        return true;
    }

    @Override
    public void close() {
        if (streaming) {
            session.kill();
        } else {
            session.close();
        }
        whenClosed.accept(this);
    }
}
