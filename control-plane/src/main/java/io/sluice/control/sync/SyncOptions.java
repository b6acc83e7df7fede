package io.sluice.control.sync;

import io.sluice.mapping.engine.name.NameStyle;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of a sync that have a default (census-api 3.1.1).
 *
 * @param fieldOrder {@code alphabetical_column_name} or {@code mapping_order}
 * @param leadUnionInsertTo kept for clients that set it
 * @param advanced advanced configuration of the destination object
 * @param alerts the alerts
 * @param failedRunNotifications deprecated switch, given back
 * @param failedRecordNotifications deprecated switch, given back
 * @param failedRecordThresholdPercent deprecated threshold, given back
 * @param runs how its runs meet the state
 * @param allProperties how fields are named when every column is synced (MAP-7); empty when only the mapped ones are
 */
public record SyncOptions(
        String fieldOrder,
        Optional<String> leadUnionInsertTo,
        Map<String, Object> advanced,
        List<Alert> alerts,
        boolean failedRunNotifications,
        boolean failedRecordNotifications,
        int failedRecordThresholdPercent,
        RunOptions runs,
        Optional<NameStyle> allProperties) {
    /** Advanced setting: most records per destination call (ENG-8). */
    public static final String BATCH_SIZE = "batch_size";

    public SyncOptions {
        advanced = Map.copyOf(advanced);
        alerts = List.copyOf(alerts);
    }

    /** Options of a sync that sends only what is mapped. */
    public SyncOptions(
            String fieldOrder,
            Optional<String> leadUnionInsertTo,
            Map<String, Object> advanced,
            List<Alert> alerts,
            boolean failedRunNotifications,
            boolean failedRecordNotifications,
            int failedRecordThresholdPercent,
            RunOptions runs) {
        this(
                fieldOrder,
                leadUnionInsertTo,
                advanced,
                alerts,
                failedRunNotifications,
                failedRecordNotifications,
                failedRecordThresholdPercent,
                runs,
                Optional.empty());
    }

    /** Most records per destination call, when the user says. */
    public Optional<Integer> batchSize() {
        return advanced.get(BATCH_SIZE) instanceof Integer size ? Optional.of(size) : Optional.empty();
    }
}
