package io.sluice.testkit.destination;

import io.sluice.record.Value;
import java.util.Objects;

/**
 * Something the destination refuses to store in one record while it takes the others.
 *
 * @param field the field of the {@link TestObject}
 * @param value what it refuses there, for example text in a number field
 */
public record RefusedValue(String field, Value value) {
    public RefusedValue {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(value, "value");
    }
}
