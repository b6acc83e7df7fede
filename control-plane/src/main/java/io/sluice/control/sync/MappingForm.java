package io.sluice.control.sync;

import io.sluice.mapping.FieldMapping;
import io.sluice.mapping.MappingSource;
import java.util.Optional;
import java.util.Set;

/**
 * One mapping of a request as far as it could be read.
 *
 * @param place where it stands, for example {@code mappings[2]}
 * @param from where the value comes from
 * @param constantType declared type of a constant
 * @param to the destination field
 * @param primaryIdentifier whether it carries the primary identifier
 * @param syncNulls whether nulls are sent
 * @param options how the field is written
 */
public record MappingForm(
        String place,
        Optional<MappingSource> from,
        Optional<ConstantType> constantType,
        Optional<String> to,
        boolean primaryIdentifier,
        boolean syncNulls,
        MappingOptions options) {

    /** The column it comes from, when it comes from one. */
    public Optional<String> column() {
        return from.filter(MappingSource.Column.class::isInstance)
                .map(source -> ((MappingSource.Column) source).name());
    }

    /** The compound key it comes from, when it comes from one. */
    public Optional<MappingSource.CompoundKey> compoundKey() {
        return from.filter(MappingSource.CompoundKey.class::isInstance).map(MappingSource.CompoundKey.class::cast);
    }

    /** The columns it names. */
    public Set<String> columns() {
        return from.map(source -> ReadColumns.of(source).names()).orElse(Set.of());
    }

    /** The mapping; call only when no problem was noted. */
    MappingDefinition toDefinition() {
        return new MappingDefinition(
                new FieldMapping(from.orElseThrow(), to.orElseThrow(), primaryIdentifier, syncNulls),
                constantType,
                options);
    }
}
