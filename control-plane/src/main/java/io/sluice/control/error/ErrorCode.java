package io.sluice.control.error;

/**
 * Every error of the management API: stable code, HTTP status, whose fault it is and what to do about it. Codes are part
 * of the API: they are never renamed, only added. Connector errors ({@code AUTHENTICATION_FAILED}, …) come with their
 * own codes and remedies and are wrapped by {@link #CONNECTION_FAILED} or {@link #SOURCE_UNAVAILABLE}.
 */
public enum ErrorCode {
    // Requests in general
    UNAUTHORIZED(
            401, Fault.CALLER, "Send the workspace API key as a bearer token, or as the password of user 'bearer'."),
    FORBIDDEN(403, Fault.CALLER, "Ask an organization admin."),
    NOT_FOUND(404, Fault.CALLER, "Check the path and the id; ids of other workspaces do not exist for this key."),
    METHOD_NOT_ALLOWED(405, Fault.CALLER, "See /q/openapi for the methods of this path."),
    MALFORMED_JSON(400, Fault.CALLER, "Send one JSON object as the body."),
    BODY_TOO_LARGE(413, Fault.CALLER, "Send a smaller body."),
    REQUIRED(400, Fault.CALLER, "Give the named field."),
    INVALID_VALUE(400, Fault.CALLER, "Give the named field a value of the documented kind."),
    IMMUTABLE(400, Fault.CALLER, "Create a new one instead: this field cannot change."),
    NAME_TAKEN(400, Fault.CALLER, "Choose another name."),

    // Connections
    UNKNOWN_CONNECTOR_TYPE(400, Fault.CALLER, "Choose a type from /source_types or /connectors."),
    UNKNOWN_SYNC_ENGINE(400, Fault.CALLER, "Choose one of the type's supported_sync_engines."),
    SYNC_ENGINE_NOT_AVAILABLE(400, Fault.CALLER, "Choose one of the type's supported_sync_engines."),
    STATE_REQUIRED(
            400,
            Fault.CALLER,
            "Move the source to sync_engine basic or advanced, or do without what needs state: mirror, append,"
                    + " max_consecutive_failures."),
    WRITEBACK_NOT_AVAILABLE(
            400,
            Fault.CALLER,
            "Move the source to sync_engine advanced first, if its type says supports_warehouse_writeback."),
    INVALID_CREDENTIAL(400, Fault.CALLER, "Correct the named credential."),
    CONNECTION_FAILED(400, Fault.CALLER, "Correct the connection's credentials or make the system reachable."),
    SOURCE_UNAVAILABLE(400, Fault.EXTERNAL, "Make the source reachable for Sluice, then repeat."),
    DESTINATION_UNAVAILABLE(400, Fault.EXTERNAL, "Make the destination reachable for Sluice, then repeat."),
    QUERY_INVALID(400, Fault.CALLER, "Correct the model's query: it must be one SELECT the source can run."),
    MODEL_IN_USE(400, Fault.CALLER, "Delete or change the syncs that read this model first."),

    // Syncs
    UNKNOWN_OPERATION(400, Fault.CALLER, "Choose one of upsert, update, insert, mirror, append, delete."),
    MIRROR_STRATEGY_NOT_SUPPORTED(400, Fault.CALLER, "Choose a mirror_strategy that the destination object supports."),
    HIGH_WATER_MARK_NOT_SUPPORTED(
            400, Fault.CALLER, "Leave high_water_mark_attribute out: new rows are then found by their identifier."),
    DELETE_UNCONFIRMED(400, Fault.CALLER, "Send confirm_delete=true if the sync shall delete records."),
    KEY_CHANGE_UNCONFIRMED(
            400, Fault.CALLER, "Send confirm_key_change=true if everything shall be sent under the new key."),
    BEHAVIOR_NOT_SUPPORTED(400, Fault.CALLER, "Choose one of the destination object's supported_operations."),
    SOURCE_NOT_FOUND(400, Fault.CALLER, "Use the id of a source of this workspace."),
    DESTINATION_NOT_FOUND(400, Fault.CALLER, "Use the id of a destination of this workspace."),
    UNKNOWN_SOURCE_OBJECT_TYPE(400, Fault.CALLER, "Choose source_attributes.object.type table or model."),
    SOURCE_OBJECT_TYPE_NOT_AVAILABLE(400, Fault.PRODUCT, "Use a table or a model as the source for now."),
    TABLE_NOT_FOUND(400, Fault.CALLER, "Check catalog, schema and table name, and the credentials' right to read it."),
    MODEL_NOT_FOUND(400, Fault.CALLER, "Use the id or name of a model of this source."),
    MODEL_AMBIGUOUS(400, Fault.CALLER, "Name the source with connection_id, or the model by id."),
    DESTINATION_OBJECT_NOT_FOUND(400, Fault.CALLER, "Use a full_name from the destination's objects."),
    NO_MAPPINGS(400, Fault.CALLER, "Map at least the primary identifier."),
    COLUMN_NOT_FOUND(400, Fault.CALLER, "Map a column the source object has."),
    NO_PRIMARY_IDENTIFIER(400, Fault.CALLER, "Set is_primary_identifier on exactly one mapping."),
    SEVERAL_PRIMARY_IDENTIFIERS(400, Fault.CALLER, "Set is_primary_identifier on exactly one mapping."),
    IDENTIFIER_NOT_A_COLUMN(400, Fault.CALLER, "Map a source column or a compound_key to the primary identifier."),
    COMPOUND_KEY_INVALID(
            400, Fault.CALLER, "Use a compound_key for the primary identifier only, of columns with single values."),
    COMPOUND_KEY_NOT_SUPPORTED(400, Fault.CALLER, "Use one column of this source as the primary identifier."),
    IDENTIFIER_NOT_ALLOWED(400, Fault.CALLER, "Choose a destination field that may be the key of this operation."),
    REQUIRED_FIELD_UNMAPPED(400, Fault.CALLER, "Map the required destination field."),
    DUPLICATE_FIELD(400, Fault.CALLER, "Map each destination field at most once."),
    FIELD_NOT_FOUND(400, Fault.CALLER, "Map to a field the destination object has."),
    FIELD_NOT_WRITABLE(400, Fault.CALLER, "Map to a field this operation may write."),
    FIELD_OPTION_NOT_SUPPORTED(400, Fault.CALLER, "Ask of a destination field only what its description offers."),
    CAST_IMPOSSIBLE(400, Fault.CALLER, "Map a column or a constant whose values the destination field can take."),
    INVALID_TEMPLATE(400, Fault.CALLER, "Correct the template at the line and column of the message."),
    UNKNOWN_MAPPING_SOURCE(
            400,
            Fault.CALLER,
            "Choose from.type column, constant_value, liquid_template, sync_metadata or compound_key."),
    MAPPING_SOURCE_NOT_AVAILABLE(
            400,
            Fault.PRODUCT,
            "Use from.type column, constant_value, liquid_template, sync_metadata or compound_key for now."),
    MAPPING_OPTION_NOT_AVAILABLE(400, Fault.PRODUCT, "Leave the option out for now."),
    UNKNOWN_METADATA_KEY(400, Fault.CALLER, "Use sync_run_id, sync_id, workspace_id or sync_run_started_at."),
    OPTION_NOT_AVAILABLE(400, Fault.PRODUCT, "Leave the option at its default for now."),
    UNKNOWN_ADVANCED_SETTING(
            400, Fault.CALLER, "Use a name from the object's advanced_configuration_field_definitions."),

    // Runs
    SYNC_ALREADY_RUNNING(409, Fault.CALLER, "Wait for the run that is in progress, or cancel it."),
    SYNC_PAUSED(400, Fault.CALLER, "Unpause the sync, or trigger it with ignore_paused=true."),
    FIRST_DELETE_UNCONFIRMED(
            400, Fault.CALLER, "Trigger the sync with confirm_removals=true if its first run shall delete records."),
    FULL_SYNC_NOT_FOR_APPEND(
            400, Fault.CALLER, "Trigger the sync without force_full_sync: an append never sends a record again."),
    REMOVALS_REFUSED(
            200,
            Fault.CALLER,
            "Look at the source; if it is right, trigger the sync with confirm_removals=true or change removal_guard."),
    STATE_LOST(200, Fault.SLUICE, "Make a new append sync: what this one has sent is not known any more."),
    RUN_ALREADY_OVER(400, Fault.CALLER, "Nothing to do: only a run that is queued or working can be cancelled."),
    RUN_CANCELED(200, Fault.CALLER, "Trigger the sync again when you want the rest to be sent."),
    RUN_FAILED(200, Fault.EXTERNAL, "See the error of the stage that failed."),
    DRY_RUN_NOT_TRACKED(
            404, Fault.CALLER, "Ask for a run that was not dry: a dry run sends nothing and tracks nothing."),
    RECORDS_EXPIRED(
            410,
            Fault.CALLER,
            "Ask within 14 days of the run, or keep tracking in a bucket of your own, where it stays."),
    RUN_STILL_WORKING(425, Fault.CALLER, "Wait for the end of the run; its records can be listed meanwhile."),
    RECORDS_UNAVAILABLE(
            503,
            Fault.EXTERNAL,
            "Repeat in a moment; if it stays, the operator looks at the tracking service and its bucket."),
    COUNTS_DISAGREE(200, Fault.SLUICE, "Report this with the run id: the stages' counts contradict each other."),
    RELEASE_TOO_LARGE(400, Fault.CALLER, "Release all records, or run the sync before you release more."),

    INTERNAL_ERROR(500, Fault.SLUICE, "Report this with the reference in the message; details are in the log.");

    /** Who has to act. */
    public enum Fault {
        /** Whoever sent the request. */
        CALLER,
        /** The connected system failed or refuses. */
        EXTERNAL,
        /** A feature that does not exist yet. */
        PRODUCT,
        /** A bug of Sluice. */
        SLUICE
    }

    private final int httpStatus;
    private final Fault fault;
    private final String remedy;

    ErrorCode(int httpStatus, Fault fault, String remedy) {
        this.httpStatus = httpStatus;
        this.fault = fault;
        this.remedy = remedy;
    }

    /** HTTP status of an answer with this error; 200 for errors that only appear inside a sync run. */
    public int httpStatus() {
        return httpStatus;
    }

    /** Who has to act. */
    public Fault fault() {
        return fault;
    }

    /** What to do about it, one sentence. */
    public String remedy() {
        return remedy;
    }
}
