package io.sluice.tracking.file;

import static org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit.MICROS;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;

/**
 * The nine columns all tracking files share (TRK-17, TRK 15.3). The first seven and their order are Census's; names, types
 * and order never change without a new {@code format_version} (TRK-13).
 */
public final class TrackingSchema {

    /** Text of the primary identifier. */
    public static final String IDENTIFIER = "identifier";
    /** The source row as JSON. */
    public static final String RECORD_PAYLOAD = "record_payload";
    /** What was done. */
    public static final String OPERATION = "operation";
    /** The final word. */
    public static final String STATUS = "status";
    /** Why, when rejected. */
    public static final String STATUS_MESSAGE = "status_message";
    /** When sending started. */
    public static final String BATCH_STARTED_AT = "batch_started_at";
    /** When sending finished. */
    public static final String BATCH_ENDED_AT = "batch_ended_at";
    /** The sync. */
    public static final String SYNC_CONFIGURATION_ID = "sync_configuration_id";
    /** The sync run. */
    public static final String SYNC_RUN_ID = "sync_run_id";

    /** The Parquet schema. */
    public static final MessageType MESSAGE = Types.buildMessage()
            .optional(BINARY)
            .as(stringType())
            .named(IDENTIFIER)
            .required(BINARY)
            .as(stringType())
            .named(RECORD_PAYLOAD)
            .required(BINARY)
            .as(stringType())
            .named(OPERATION)
            .required(BINARY)
            .as(stringType())
            .named(STATUS)
            .optional(BINARY)
            .as(stringType())
            .named(STATUS_MESSAGE)
            .optional(INT64)
            .as(timestampType(true, MICROS))
            .named(BATCH_STARTED_AT)
            .optional(INT64)
            .as(timestampType(true, MICROS))
            .named(BATCH_ENDED_AT)
            .required(INT64)
            .named(SYNC_CONFIGURATION_ID)
            .required(INT64)
            .named(SYNC_RUN_ID)
            .named("sync_tracking");

    private TrackingSchema() {}
}
