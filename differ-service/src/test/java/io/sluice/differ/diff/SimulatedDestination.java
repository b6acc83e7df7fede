package io.sluice.differ.diff;

import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.PlannedOperation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A destination that can refuse records and lose answers; behaves as the behaviors ask (BEH-1 to BEH-6, 15, 16). */
final class SimulatedDestination {
    /** Identifier to payload. */
    final Map<String, String> records = new HashMap<>();

    /** What was appended, in the order of arrival. */
    final List<String> log = new ArrayList<>();

    /** Identifiers it refuses in the current run. */
    Set<String> refused = Set.of();

    /** Identifiers whose answer is lost in the current run; half of them were done all the same. */
    Set<String> lost = Set.of();

    OutcomeStatus apply(PlannedOperation kind, String identifier, String payload) {
        if (lost.contains(identifier)) {
            if (identifier.hashCode() % 2 == 0) {
                change(kind, identifier, payload);
            }
            return OutcomeStatus.UNKNOWN;
        }
        if (refused.contains(identifier) || (kind == PlannedOperation.UPDATE && !records.containsKey(identifier))) {
            return OutcomeStatus.REJECTED;
        }
        change(kind, identifier, payload);
        return OutcomeStatus.SUCCEEDED;
    }

    private void change(PlannedOperation kind, String identifier, String payload) {
        switch (kind) {
            case UPSERT -> records.put(identifier, payload);
            case UPDATE -> records.replace(identifier, payload);
            case INSERT -> records.putIfAbsent(identifier, payload);
            case DELETE -> records.remove(identifier);
            case APPEND -> log.add(payload);
        }
    }
}
