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
 * @param options how the field is written
 */
public record MappingDefinition(FieldMapping mapping, Optional<ConstantType> constantType, MappingOptions options) {
    public MappingDefinition {
        Objects.requireNonNull(mapping, "mapping");
        Objects.requireNonNull(options, "options");
        if (constantType.isPresent() != mapping.from() instanceof MappingSource.Constant) {
            throw new IllegalArgumentException("exactly constants have a constant type");
        }
    }

    /** The destination field. */
    public String field() {
        return mapping.field();
    }

    /** The source column, when it comes from one. */
    public Optional<String> column() {
        return mapping.from() instanceof MappingSource.Column column ? Optional.of(column.name()) : Optional.empty();
    }

    /** The source columns it reads. */
    public ReadColumns reads() {
        return ReadColumns.of(mapping.from());
    }
}
