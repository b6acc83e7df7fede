package io.sluice.mapping;

import java.util.Objects;

/**
 * One source value to one destination field.
 *
 * @param from where the value comes from
 * @param field the destination field's full name
 * @param primaryIdentifier whether this pair matches records on both sides (KEY-1); exactly one mapping says so
 * @param syncNulls whether a null is sent (and clears the field) or the field is left out of that record (MAP-5)
 */
public record FieldMapping(MappingSource from, String field, boolean primaryIdentifier, boolean syncNulls) {
    public FieldMapping {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(field, "field");
    }

    /** A plain column mapping that sends nulls. */
    public static FieldMapping column(String column, String field) {
        return new FieldMapping(new MappingSource.Column(column), field, false, true);
    }

    /** The mapping that carries the primary identifier. */
    public static FieldMapping identifier(String column, String field) {
        return new FieldMapping(new MappingSource.Column(column), field, true, true);
    }
}
