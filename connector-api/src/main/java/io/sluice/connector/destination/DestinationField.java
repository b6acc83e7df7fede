package io.sluice.connector.destination;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

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
 * @param writeModes what it can do about a value that is already there; overwriting is always among them (DST-5)
 */
public record DestinationField(
        String fullName,
        String label,
        Type type,
        boolean createable,
        boolean updateable,
        boolean required,
        boolean identifier,
        boolean array,
        Set<WriteMode> writeModes) {
    public DestinationField {
        Objects.requireNonNull(fullName, "fullName");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(type, "type");
        // null is what was stored before there were modes
        EnumSet<WriteMode> modes = EnumSet.of(WriteMode.OVERWRITE);
        modes.addAll(writeModes == null ? Set.of() : writeModes);
        writeModes = Collections.unmodifiableSet(modes);
    }

    /** A field whose values can only be overwritten. */
    public DestinationField(
            String fullName,
            String label,
            Type type,
            boolean createable,
            boolean updateable,
            boolean required,
            boolean identifier,
            boolean array) {
        this(fullName, label, type, createable, updateable, required, identifier, array, Set.of());
    }

    /** The same field with these further modes. */
    public DestinationField withModes(Set<WriteMode> modes) {
        return new DestinationField(fullName, label, type, createable, updateable, required, identifier, array, modes);
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
