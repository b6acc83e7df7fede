package io.sluice.control.sync;

import io.sluice.mapping.FieldMapping;
import io.sluice.mapping.MappingSource;
import java.util.Optional;

/**
 * One mapping of a request as far as it could be read.
 *
 * @param place where it stands, for example {@code mappings[2]}
 * @param from where the value comes from
 * @param constantType declared type of a constant
 * @param to the destination field
 * @param primaryIdentifier whether it carries the primary identifier
 * @param syncNulls whether nulls are sent
 * @param generateField whether a custom field is asked for
 */
public record MappingForm(
        String place,
        Optional<MappingSource> from,
        Optional<ConstantType> constantType,
        Optional<String> to,
        boolean primaryIdentifier,
        boolean syncNulls,
        boolean generateField) {

    /** The column it reads, when it reads one. */
    public Optional<String> column() {
        return from.filter(MappingSource.Column.class::isInstance)
                .map(source -> ((MappingSource.Column) source).name());
    }

    /** The mapping; call only when no problem was noted. */
    MappingDefinition toDefinition() {
        return new MappingDefinition(
                new FieldMapping(from.orElseThrow(), to.orElseThrow(), primaryIdentifier, syncNulls),
                constantType,
                generateField);
    }
}
