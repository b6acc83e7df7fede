package io.sluice.connector.destination;

import io.sluice.record.Value;
import java.util.List;
import java.util.Objects;

/**
 * One record as mapped for a destination.
 *
 * @param identifier text form of the matching identifier; unique within a batch
 * @param values one value per field of the plan, in its order; {@code null} entries (not {@link Value.Null}) are fields
 *     this record leaves alone (MAP-5). For a delete only the identifier's value is there.
 */
public record DestinationRecord(String identifier, List<Value> values) {
    public DestinationRecord {
        Objects.requireNonNull(identifier, "identifier");
        Objects.requireNonNull(values, "values");
    }
}
