package io.sluice.control.sync;

import io.sluice.operation.SyncBehavior;
import java.util.List;
import java.util.Optional;

/**
 * A create or update request as far as it could be read: every part on its own, so that a problem of one does not hide
 * those of another.
 *
 * @param label display name
 * @param behavior the behavior, when it is a known and available one
 * @param source what it reads
 * @param destinationId where it writes
 * @param destinationObject full name of the object it writes
 * @param mappings the mappings
 * @param schedule when it runs by itself
 * @param afterSync the sync after whose success it runs
 * @param paused whether schedule and sequence are off
 * @param options everything with a default
 * @param validateOnly only check, change nothing (RUN-23)
 */
public record SyncForm(
        Optional<String> label,
        Optional<SyncBehavior> behavior,
        Optional<SourceReference> source,
        Optional<Long> destinationId,
        Optional<String> destinationObject,
        List<MappingForm> mappings,
        Schedule schedule,
        Optional<Long> afterSync,
        boolean paused,
        SyncOptions options,
        boolean validateOnly) {

    /** The definition; call only when no problem was noted. */
    public SyncDefinition definition() {
        return new SyncDefinition(
                label,
                behavior.orElseThrow(),
                mappings.stream().map(MappingForm::toDefinition).toList(),
                schedule,
                afterSync,
                paused,
                options);
    }
}
