package io.sluice.connector.destination;

import io.sluice.operation.MirrorStrategy;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a writer must know once, before its first batch.
 *
 * @param object full name of the destination object
 * @param identifierField the field records are matched by; one of {@code fields}
 * @param fields all mapped fields; every {@link DestinationRecord} has its values in this order
 * @param syncId the sync, for idempotency keys and query comments
 * @param syncRunId the sync run
 * @param removal what a delete operation does; {@link MirrorStrategy#UPDATES_AND_NULLS}: set every field but the
 *     identifier to null, where the record is there (only given to objects that claim it)
 * @param modes for each field what becomes of a value that is already there (only what the field claims)
 * @param lookups the fields whose values are looked up, by name (only what the field claims; never the identifier)
 */
public record WritePlan(
        String object,
        String identifierField,
        List<String> fields,
        long syncId,
        long syncRunId,
        MirrorStrategy removal,
        List<WriteMode> modes,
        Map<String, Lookup> lookups) {

    /**
     * The value given for a field is not what the field gets, but what the record is found by whose key it gets (DST-7).
     *
     * @param object full name of the object that is searched
     * @param field its field that the value is compared with
     */
    public record Lookup(String object, String field) {
        public Lookup {
            Objects.requireNonNull(object, "object");
            Objects.requireNonNull(field, "field");
        }
    }

    /** A plan whose deletes delete and whose values overwrite. */
    public WritePlan(String object, String identifierField, List<String> fields, long syncId, long syncRunId) {
        this(object, identifierField, fields, syncId, syncRunId, MirrorStrategy.UPDATES_AND_DELETES);
    }

    /** A plan whose values overwrite. */
    public WritePlan(
            String object,
            String identifierField,
            List<String> fields,
            long syncId,
            long syncRunId,
            MirrorStrategy removal) {
        this(
                object,
                identifierField,
                fields,
                syncId,
                syncRunId,
                removal,
                Collections.nCopies(fields.size(), WriteMode.OVERWRITE),
                Map.of());
    }

    public WritePlan {
        Objects.requireNonNull(removal, "removal");
        Objects.requireNonNull(object, "object");
        fields = List.copyOf(fields);
        modes = List.copyOf(modes);
        lookups = Map.copyOf(lookups);
        if (!fields.contains(identifierField)) {
            throw new IllegalArgumentException("identifier field " + identifierField + " is not among the fields");
        }
        if (modes.size() != fields.size()) {
            throw new IllegalArgumentException("each field has one write mode");
        }
        if (!fields.containsAll(lookups.keySet()) || lookups.containsKey(identifierField)) {
            throw new IllegalArgumentException("only fields of the plan but the identifier are looked up");
        }
    }

    /** The same plan with other modes, one per field. */
    public WritePlan withModes(List<WriteMode> modes) {
        return new WritePlan(object, identifierField, fields, syncId, syncRunId, removal, modes, lookups);
    }

    /** The same plan with lookups, by the field that gets what is found. */
    public WritePlan withLookups(Map<String, Lookup> lookups) {
        return new WritePlan(object, identifierField, fields, syncId, syncRunId, removal, modes, lookups);
    }

    /** Position of the identifier in {@link #fields()} and in each record's values. */
    public int identifierIndex() {
        return fields.indexOf(identifierField);
    }
}
