package io.sluice.control.sync;

import io.sluice.mapping.MappingSource;
import io.sluice.operation.SyncBehavior;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a sync does, apart from where it reads and writes.
 *
 * @param label display name
 * @param behavior what the user chose (BEH-8)
 * @param mappings in the user's order
 * @param schedule when it runs by itself
 * @param afterSync the sync after whose success it runs (RUN-11)
 * @param paused whether schedule and sequence are off (RUN-17)
 * @param options everything with a default
 */
public record SyncDefinition(
        Optional<String> label,
        SyncBehavior behavior,
        List<MappingDefinition> mappings,
        Schedule schedule,
        Optional<Long> afterSync,
        boolean paused,
        SyncOptions options) {
    public SyncDefinition {
        Objects.requireNonNull(behavior, "behavior");
        mappings = List.copyOf(mappings);
    }

    /** The mapping that carries the primary identifier; a definition that was saved has exactly one (KEY-2). */
    public MappingDefinition identifier() {
        return mappings.stream()
                .filter(mapping -> mapping.mapping().primaryIdentifier())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a saved sync has a primary identifier"));
    }

    /** Column of the primary identifier: the source's own, or the one that is computed of the compound key (KEY-3). */
    public String identifierColumn() {
        return compoundKey()
                .map(key -> MappingSource.CompoundKey.COLUMN)
                .or(() -> identifier().column())
                .orElseThrow(() -> new IllegalStateException("a saved sync's identifier comes from a column"));
    }

    /** The columns that together identify a record, when it is not one alone. */
    public Optional<MappingSource.CompoundKey> compoundKey() {
        return Optional.of(identifier().mapping().from())
                .filter(MappingSource.CompoundKey.class::isInstance)
                .map(MappingSource.CompoundKey.class::cast);
    }

    /** The same with other mappings. */
    SyncDefinition withMappings(List<MappingDefinition> others) {
        return new SyncDefinition(label, behavior, others, schedule, afterSync, paused, options);
    }

    /** Whether a new column of the source object changes what is read. */
    public boolean readsEveryColumn() {
        return options.allProperties().isPresent() || referencedColumns().all();
    }

    /** The referenced source columns (MAP-10). */
    public ReadColumns referencedColumns() {
        return mappings.stream()
                .map(MappingDefinition::reads)
                .reduce(new ReadColumns(Set.of(), false), ReadColumns::and);
    }
}
