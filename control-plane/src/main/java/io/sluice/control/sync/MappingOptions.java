package io.sluice.control.sync;

import java.util.Objects;
import java.util.Optional;

/**
 * How a mapping writes its field (MAP-4).
 *
 * @param generateField whether the field is created when it is not there (DST-9)
 * @param preserveValues whether only an empty field is written (MAP-6)
 * @param arrayField whether a field that is not listed takes a list
 * @param fieldType type of a field that is not listed, a word of MAP-13
 * @param arrayOperation {@code overwrite} or {@code merge}, of a field that takes a list
 * @param lookup where the value is looked up, when the field gets the key of what is found (DST-7)
 */
public record MappingOptions(
        boolean generateField,
        boolean preserveValues,
        boolean arrayField,
        Optional<String> fieldType,
        Optional<String> arrayOperation,
        Optional<Lookup> lookup) {
    /** The operation of a list that adds to what is there. */
    public static final String MERGE = "merge";

    /**
     * Where a value is looked up.
     *
     * @param object full name of the destination object that is searched
     * @param field its field that the value is compared with
     */
    public record Lookup(String object, String field) {
        public Lookup {
            Objects.requireNonNull(object, "object");
            Objects.requireNonNull(field, "field");
        }
    }

    public MappingOptions {
        Objects.requireNonNull(lookup, "lookup");
        Objects.requireNonNull(fieldType, "fieldType");
        Objects.requireNonNull(arrayOperation, "arrayOperation");
    }

    /** Nothing special, but perhaps a new field. */
    public static MappingOptions plain(boolean generateField) {
        return new MappingOptions(generateField, false, false, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
