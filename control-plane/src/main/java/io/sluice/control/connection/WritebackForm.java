package io.sluice.control.connection;

import io.sluice.connector.source.SourceConnector;
import io.sluice.control.error.ErrorCode;
import io.sluice.control.form.FormReader;
import io.sluice.operation.StateMode;
import java.util.Optional;

/** Reads the warehouse writeback of a source's form (census-api 3.3, WWB-1). */
final class WritebackForm {
    private static final String ENABLED = "warehouse_writeback_enabled";
    private static final String RETENTION = "warehouse_writeback_retention_in_days";
    private static final int LONGEST_DAYS = 36_500;

    private WritebackForm() {}

    /**
     * What a source shall have from now on.
     *
     * @param engine where its state will live; what is logged without being asked for again ends with sync engine advanced
     */
    static WritebackSettings read(
            FormReader form, SourceConnector connector, StateMode engine, WritebackSettings before) {
        Optional<Boolean> wanted = form.flag(ENABLED);
        boolean possible = engine == StateMode.WAREHOUSE && connector.takesWriteback();
        if (wanted.orElse(false) && !possible) {
            form.problems()
                    .add(
                            ErrorCode.WRITEBACK_NOT_AVAILABLE,
                            form.place(ENABLED),
                            connector.takesWriteback()
                                    ? ENABLED + " needs sync_engine " + StateMode.WAREHOUSE.wireName()
                                            + ": the log is kept beside the state, in the source"
                                    : "sources of type '"
                                            + connector.descriptor().type() + "' take no warehouse writeback");
        }
        return new WritebackSettings(
                wanted.orElse(before.on()) && possible,
                form.integer(RETENTION, 0, LONGEST_DAYS).or(before::retentionDays));
    }
}
