package io.sluice.connector.source;

import java.util.Objects;

/**
 * A column of a source object.
 *
 * @param name exact name
 * @param dataType the source's own type name, for people
 * @param jsonType the JSON type its values have in a record's payload
 */
public record SourceColumn(String name, String dataType, JsonType jsonType) {
    public SourceColumn {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(dataType, "dataType");
        Objects.requireNonNull(jsonType, "jsonType");
    }

    /** JSON types of tracking's record payload schema (TRK-27, TRK-29). */
    public enum JsonType {
        STRING,
        NUMBER,
        BOOLEAN,
        ARRAY,
        OBJECT
    }
}
