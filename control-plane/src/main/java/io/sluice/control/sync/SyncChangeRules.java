package io.sluice.control.sync;

import io.sluice.control.error.ErrorCode;
import io.sluice.control.error.Problems;
import io.sluice.operation.SyncBehavior;
import java.util.Optional;

/** What may not change, or only with consent, once a sync exists (BEH-11, KEY-12). */
final class SyncChangeRules {
    static final String CONFIRM_KEY_CHANGE = "confirm_key_change";
    static final String CONFIRM_DELETE = "confirm_delete";

    private SyncChangeRules() {}

    /** A delete sync is dangerous: whoever makes one must say that it is meant (BEH-6). */
    static void creation(SyncForm form, boolean confirmed, Problems problems) {
        if (form.behavior().equals(Optional.of(SyncBehavior.DELETE)) && !confirmed) {
            problems.add(
                    ErrorCode.DELETE_UNCONFIRMED,
                    CONFIRM_DELETE,
                    "a delete sync removes from the destination every record whose identifier the source lists: if that"
                            + " is meant, send " + CONFIRM_DELETE + "=true");
        }
    }

    static void change(
            Sync before,
            SyncForm form,
            Optional<Long> sourceItemId,
            Optional<Long> destinationItemId,
            boolean confirmedKey,
            Problems problems) {
        boolean wasDelete = before.definition().behavior() == SyncBehavior.DELETE;
        boolean isDelete = form.behavior().equals(Optional.of(SyncBehavior.DELETE));
        if (form.behavior().isPresent() && wasDelete != isDelete) {
            immutable("operation", "cannot change to or from delete: make a new sync", problems);
        }
        if (wasDelete && sourceItemId.filter(id -> id != before.source().id()).isPresent()) {
            immutable("source_attributes", "of a delete sync cannot change: make a new sync", problems);
        }
        if (wasDelete
                && destinationItemId
                        .filter(id -> id != before.destination().id())
                        .isPresent()) {
            immutable("destination_attributes", "of a delete sync cannot change: make a new sync", problems);
        }
        if (before.lastRun().isPresent() && keyChanges(before, form) && !confirmedKey) {
            problems.add(
                    ErrorCode.KEY_CHANGE_UNCONFIRMED,
                    CONFIRM_KEY_CHANGE,
                    "with another primary identifier everything is sent again, and records sent under the old one stay in"
                            + " the destination: if that is meant, send " + CONFIRM_KEY_CHANGE + "=true");
        }
    }

    private static boolean keyChanges(Sync before, SyncForm form) {
        MappingDefinition old = before.definition().identifier();
        return form.mappings().stream()
                .filter(MappingForm::primaryIdentifier)
                .anyMatch(mapping ->
                        mapping.from().filter(old.mapping().from()::equals).isEmpty()
                                || mapping.to().filter(old.field()::equals).isEmpty());
    }

    private static void immutable(String field, String why, Problems problems) {
        problems.add(ErrorCode.IMMUTABLE, field, field + " " + why);
    }
}
