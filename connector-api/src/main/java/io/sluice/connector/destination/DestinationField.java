package io.sluice.connector.destination;

import java.util.Objects;

/**
 * A field of a destination object (requirement DST-5).
 *
 * @param fullName stable name of the API
 * @param label name shown to people
 * @param type the type words of MAP-13
 * @param createable may be given when a record is created
 * @param updateable may be changed afterwards
 * @param required must be mapped before a sync that creates records can be saved (MAP-19)
 * @param identifier may be the matching identifier (unique in the destination)
 * @param array takes a list of values
 */
public record DestinationField(
        String fullName,
        String label,
        Type type,
        boolean createable,
        boolean updateable,
        boolean required,
        boolean identifier,
        boolean array) {
    public DestinationField {
        Objects.requireNonNull(fullName, "fullName");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(type, "type");
    }

    /** Field types on the wire (MAP-13). */
    public enum Type {
        BOOLEAN,
        DECIMAL,
        FLOAT,
        INTEGER,
        DATE,
        DATE_TIME,
        STRING,
        OBJECT
    }
}
