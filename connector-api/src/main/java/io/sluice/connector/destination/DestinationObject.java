package io.sluice.connector.destination;

import io.sluice.operation.MirrorStrategy;
import io.sluice.operation.SyncBehavior;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Something records can be sent to (requirement DST-4).
 *
 * @param fullName stable name of the API, for example {@code public.customers}
 * @param label name shown to people
 * @param behaviors the sync behaviors it supports; never empty
 * @param allowsCustomFields whether a mapping may name a field that is not listed
 * @param fields its fields in natural order
 * @param mirrorStrategies what a mirror may do here with records that left the source (BEH-9)
 */
public record DestinationObject(
        String fullName,
        String label,
        Set<SyncBehavior> behaviors,
        boolean allowsCustomFields,
        List<DestinationField> fields,
        Set<MirrorStrategy> mirrorStrategies) {
    public DestinationObject {
        Objects.requireNonNull(fullName, "fullName");
        Objects.requireNonNull(label, "label");
        behaviors = Set.copyOf(behaviors);
        fields = List.copyOf(fields);
        // what was stored before this claim existed does not have it
        mirrorStrategies = mirrorStrategies == null ? usual(behaviors) : Set.copyOf(mirrorStrategies);
    }

    /** An object whose mirror, if it has one, deletes. */
    public DestinationObject(
            String fullName,
            String label,
            Set<SyncBehavior> behaviors,
            boolean allowsCustomFields,
            List<DestinationField> fields) {
        this(fullName, label, behaviors, allowsCustomFields, fields, usual(behaviors));
    }

    private static Set<MirrorStrategy> usual(Set<SyncBehavior> behaviors) {
        return behaviors.contains(SyncBehavior.MIRROR) ? Set.of(MirrorStrategy.UPDATES_AND_DELETES) : Set.of();
    }

    /** The field of that name. */
    public Optional<DestinationField> field(String name) {
        return fields.stream().filter(field -> field.fullName().equals(name)).findFirst();
    }
}
