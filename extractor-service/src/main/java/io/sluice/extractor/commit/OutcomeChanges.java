package io.sluice.extractor.commit;

import io.sluice.connector.source.AcceptedChange;
import io.sluice.contract.Outcome;
import io.sluice.contract.PlannedBehavior;
import io.sluice.contract.PlannedOperation;
import java.util.Optional;

/**
 * What one outcome means for the state: only what the destination accepted counts as synced (requirement ENG-18). The rules
 * are those by which the differ moves its own state.
 */
final class OutcomeChanges {

    private OutcomeChanges() {}

    static Optional<AcceptedChange> of(Outcome outcome, PlannedBehavior behavior) {
        boolean removal = outcome.getKind() == PlannedOperation.DELETE && behavior != PlannedBehavior.DELETE;
        return switch (outcome.getStatus()) {
            case SUCCEEDED ->
                Optional.of(
                        removal
                                ? new AcceptedChange.Dropped(outcome.getIdentifier())
                                : new AcceptedChange.Stored(
                                        outcome.getIdentifier(),
                                        outcome.getFingerprint().bytes()));
            case UNKNOWN -> Optional.of(unknown(outcome.getIdentifier(), behavior, removal));
            case REJECTED -> removal ? Optional.empty() : Optional.of(rejected(outcome, behavior));
            case NULL_IDENTIFIER, DUPLICATE_IDENTIFIER -> Optional.empty();
        };
    }

    private static AcceptedChange unknown(String identifier, PlannedBehavior behavior, boolean removal) {
        if (removal) {
            // it may be gone: a mirror removes it again, and should it come back it is sent
            return new AcceptedChange.Doubted(identifier, null);
        }
        // it may be there: the next run sends it again, and a mirror still removes it
        return comparesFingerprints(behavior)
                ? new AcceptedChange.Stored(identifier, null)
                : new AcceptedChange.Dropped(identifier);
    }

    /** A rejected record comes back because the state says otherwise; where a full sync resent it, the state must not agree. */
    private static AcceptedChange rejected(Outcome outcome, PlannedBehavior behavior) {
        return comparesFingerprints(behavior)
                ? new AcceptedChange.Doubted(
                        outcome.getIdentifier(), outcome.getFingerprint().bytes())
                : new AcceptedChange.Dropped(outcome.getIdentifier());
    }

    private static boolean comparesFingerprints(PlannedBehavior behavior) {
        return switch (behavior) {
            case UPSERT, UPDATE, MIRROR -> true;
            case INSERT, APPEND, DELETE -> false;
        };
    }
}
