package io.sluice.connector.destination;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

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
 * @param referenceKey whether records of its object can be looked up by its value (DST-7)
 * @param lookup what a value given to it may be looked up in; empty where values are taken as they are
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
        Set<WriteMode> writeModes,
        boolean referenceKey,
        Optional<Lookup> lookup) {
    public DestinationField {
        Objects.requireNonNull(fullName, "fullName");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(type, "type");
        // null is what was stored before there were modes
        EnumSet<WriteMode> modes = EnumSet.of(WriteMode.OVERWRITE);
        modes.addAll(writeModes == null ? Set.of() : writeModes);
        writeModes = Collections.unmodifiableSet(modes);
        lookup = lookup == null ? Optional.empty() : lookup;
    }

    /**
     * Where a value is looked up, so that the field gets the key of the record that is found (DST-7). A value that finds no
     * record rejects its own with a reason that begins with {@value #NOT_FOUND}, one that finds several with
     * {@value #AMBIGUOUS}; null stays null.
     *
     * @param object full name of the object the field refers to
     * @param by the fields of that object whose values find a record, with their types
     */
    public record Lookup(String object, Map<String, Type> by) {
        /** Stable beginning of the reason when no record is found. */
        public static final String NOT_FOUND = "LOOKUP_NOT_FOUND";

        /** Stable beginning of the reason when several records are found. */
        public static final String AMBIGUOUS = "LOOKUP_AMBIGUOUS";

        public Lookup {
            Objects.requireNonNull(object, "object");
            by = Collections.unmodifiableMap(new TreeMap<>(by));
        }
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
        this(
                fullName,
                label,
                type,
                createable,
                updateable,
                required,
                identifier,
                array,
                Set.of(),
                false,
                Optional.empty());
    }

    /** The same field with these further modes. */
    public DestinationField withModes(Set<WriteMode> modes) {
        return with(modes, referenceKey, lookup);
    }

    /** The same field, by whose value records can be looked up, or not. */
    public DestinationField asReferenceKey(boolean yes) {
        return with(writeModes, yes, lookup);
    }

    /** The same field, whose values can be looked up. */
    public DestinationField withLookup(Lookup claimed) {
        return with(writeModes, referenceKey, Optional.of(claimed));
    }

    private DestinationField with(Set<WriteMode> modes, boolean key, Optional<Lookup> claimed) {
        return new DestinationField(
                fullName, label, type, createable, updateable, required, identifier, array, modes, key, claimed);
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
