package io.sluice.connector.destination;

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
 */
public record DestinationObject(
        String fullName,
        String label,
        Set<SyncBehavior> behaviors,
        boolean allowsCustomFields,
        List<DestinationField> fields) {
    public DestinationObject {
        Objects.requireNonNull(fullName, "fullName");
        Objects.requireNonNull(label, "label");
        behaviors = Set.copyOf(behaviors);
        fields = List.copyOf(fields);
    }

    /** The field of that name. */
    public Optional<DestinationField> field(String name) {
        return fields.stream().filter(field -> field.fullName().equals(name)).findFirst();
    }
}
