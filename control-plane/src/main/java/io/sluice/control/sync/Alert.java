package io.sluice.control.sync;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * One alert of a sync (census-api 3.1.5); kept and given back, raised by the alerting part.
 *
 * @param id unique within the sync
 * @param type one of {@link #TYPES}
 * @param sendFor {@code first_time} or {@code every_time}
 * @param sendRecovery whether the end of the trouble is told too
 * @param options the type's options, empty when it has none
 */
public record Alert(long id, String type, String sendFor, boolean sendRecovery, Map<String, Object> options) {
    private static final String FAILURE = "FailureAlertConfiguration";
    private static final String INVALID_PERCENT = "InvalidRecordPercentAlertConfiguration";

    /** The known kinds of alerts. */
    public static final Set<String> TYPES = Set.of(
            FAILURE,
            INVALID_PERCENT,
            "FullSyncTriggerAlertConfiguration",
            "RecordCountDeviationAlertConfiguration",
            "RuntimeAlertConfiguration",
            "StatusAlertConfiguration");

    /** What a sync gets when nothing is said about alerts. */
    public static final List<Alert> DEFAULTS = List.of(
            new Alert(1, FAILURE, "first_time", true, Map.of()),
            new Alert(2, INVALID_PERCENT, "first_time", true, Map.of("threshold", 75)));

    public Alert {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(sendFor, "sendFor");
        options = Map.copyOf(options);
    }
}
