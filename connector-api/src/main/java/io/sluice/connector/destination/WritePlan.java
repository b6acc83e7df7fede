package io.sluice.connector.destination;

import io.sluice.operation.MirrorStrategy;
import java.util.Collections;
import java.util.List;
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
 */
public record WritePlan(
        String object,
        String identifierField,
        List<String> fields,
        long syncId,
        long syncRunId,
        MirrorStrategy removal,
        List<WriteMode> modes) {

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
                Collections.nCopies(fields.size(), WriteMode.OVERWRITE));
    }

    public WritePlan {
        Objects.requireNonNull(removal, "removal");
        Objects.requireNonNull(object, "object");
        fields = List.copyOf(fields);
        modes = List.copyOf(modes);
        if (!fields.contains(identifierField)) {
            throw new IllegalArgumentException("identifier field " + identifierField + " is not among the fields");
        }
        if (modes.size() != fields.size()) {
            throw new IllegalArgumentException("each field has one write mode");
        }
    }

    /** The same plan with other modes, one per field. */
    public WritePlan withModes(List<WriteMode> modes) {
        return new WritePlan(object, identifierField, fields, syncId, syncRunId, removal, modes);
    }

    /** Position of the identifier in {@link #fields()} and in each record's values. */
    public int identifierIndex() {
        return fields.indexOf(identifierField);
    }
}
