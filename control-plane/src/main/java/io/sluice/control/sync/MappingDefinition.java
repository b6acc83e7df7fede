package io.sluice.control.sync;

import io.sluice.mapping.FieldMapping;
import io.sluice.mapping.MappingSource;
import java.util.Objects;
import java.util.Optional;

/**
 * One field mapping as the API keeps it.
 *
 * @param mapping what the engine does
 * @param constantType the declared type of a constant, empty for anything else
 * @param generateField whether the user asked for a custom field of that name (DST-9)
 */
public record MappingDefinition(FieldMapping mapping, Optional<ConstantType> constantType, boolean generateField) {
    public MappingDefinition {
        Objects.requireNonNull(mapping, "mapping");
        if (constantType.isPresent() != mapping.from() instanceof MappingSource.Constant) {
            throw new IllegalArgumentException("exactly constants have a constant type");
        }
    }

    /** The destination field. */
    public String field() {
        return mapping.field();
    }

    /** The source column, when there is one. */
    public Optional<String> column() {
        return mapping.from() instanceof MappingSource.Column column ? Optional.of(column.name()) : Optional.empty();
    }
}
