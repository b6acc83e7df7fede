package io.sluice.connector.source.postgres;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.source.Facts;
import io.sluice.connector.source.LogPosition;
import io.sluice.connector.source.StateId;
import io.sluice.connector.source.Writeback;
import java.time.Duration;

/** The log of syncs, and what it is joined with, in the bookkeeping schema. */
record PostgresWriteback(PostgresBookkeeping bookkeeping, WritebackStatements statements) implements Writeback {
    /** A sync that none is, and a slice that no partition has: which facts were written last. */
    private static final StateId NO_SYNC = new StateId(0, 0);

    private static final int FACTS = -2;

    @Override
    public void replaceFacts(Facts facts) throws ConnectorException {
        bookkeeping.writing(connection -> {
            bookkeeping.makeShared(connection);
            boolean made = bookkeeping.makeWriteback(connection);
            LogPosition taken = new LogPosition(FACTS, facts.takenAt().toEpochMilli(), 0);
            if (bookkeeping.advance(connection, NO_SYNC, taken) || made) {
                statements.replaceFacts(connection, facts);
            }
            return null;
        });
    }

    @Override
    public long removeOlderThan(StateId sync, Duration age) throws ConnectorException {
        long removed = 0;
        int together;
        do {
            together = bookkeeping.writing(connection -> bookkeeping.exists(connection, WritebackTables.ENTRIES)
                    ? statements.removeOld(connection, sync.syncId(), age)
                    : 0);
            removed += together;
        } while (together == WritebackTables.REMOVED_TOGETHER);
        return removed;
    }
}
