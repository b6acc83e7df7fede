package io.sluice.control.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a sync's body looks like, for the OpenAPI document only: bodies are read leniently by {@code SyncFormReader}. */
final class SyncSchemas {

    private SyncSchemas() {}

    @Schema(name = "SyncRequest", description = "Create or update body of a sync")
    record SyncRequest(
            @Schema(description = "Display name") String label,
            @Schema(description = "upsert, update, insert, mirror, append or delete", required = true) String operation,
            @Schema(required = true) @JsonProperty("source_attributes") SourceAttributes sourceAttributes,
            @Schema(required = true) @JsonProperty("destination_attributes")
                    DestinationAttributes destinationAttributes,
            @Schema(required = true) List<Mapping> mappings,
            @Schema(description = "When the sync runs by itself") Mode mode,
            boolean paused,
            @Schema(description = "Mirror only: sync_updates_and_deletes, sync_updates_and_nulls or upload_and_swap")
                    @JsonProperty("mirror_strategy")
                    String mirrorStrategy,
            @Schema(description = "Append only: backfill_all_records or skip_current_records")
                    @JsonProperty("historical_sync_operation")
                    String historicalSyncOperation,
            @Schema(description = "Append only: a growing column that new rows are found by")
                    @JsonProperty("high_water_mark_attribute")
                    String highWaterMarkAttribute,
            @Schema(description = "How far before the last mark is read again")
                    @JsonProperty("high_water_mark_overlap_seconds")
                    Integer highWaterMarkOverlapSeconds,
            @Schema(description = "Mirror and delete: most that one run may remove") @JsonProperty("removal_guard")
                    RemovalGuard removalGuard,
            @Schema(
                            description =
                                    "An extension: after so many runs in a row in which the destination rejected it"
                                            + " with the same content a record is not attempted any more; 0 (default): never")
                    @JsonProperty("max_consecutive_failures")
                    Integer maxConsecutiveFailures,
            @Schema(
                            description =
                                    "Whether runs are written to the source's sync_log, if that has warehouse writeback;"
                                            + " default true")
                    @JsonProperty("enable_sync_logs")
                    boolean enableSyncLogs,
            @Schema(description = "Must be true to make a delete sync") @JsonProperty("confirm_delete")
                    boolean confirmDelete,
            @Schema(description = "Must be true to change the primary identifier of a sync that has run")
                    @JsonProperty("confirm_key_change")
                    boolean confirmKeyChange,
            @Schema(description = "Settings named by the object's advanced_configuration_field_definitions")
                    @JsonProperty("advanced_configuration")
                    Map<String, Object> advancedConfiguration,
            @Schema(description = "Absent: default alerts; empty: none") @JsonProperty("alert_attributes")
                    List<Map<String, Object>> alertAttributes,
            @Schema(description = "Only check, save nothing") @JsonProperty("validate_only") boolean validateOnly) {}

    @Schema(name = "RemovalGuard", description = "A run that would remove more fails and removes nothing")
    record RemovalGuard(
            @Schema(description = "Most percent of the synced records; 0 switches the guard off; default 25")
                    @JsonProperty("max_percent")
                    Integer maxPercent,
            @Schema(description = "Always allowed; default 100") @JsonProperty("min_records") Integer minRecords) {}

    @Schema(name = "SourceAttributes")
    record SourceAttributes(
            @Schema(description = "Id of the source") @JsonProperty("connection_id") long connectionId,
            ObjectReference object) {}

    @Schema(name = "SourceObjectReference", description = "A table by its three names or id, or a model by id or name")
    record ObjectReference(
            @Schema(description = "table or model") String type,
            Long id,
            String name,
            @JsonProperty("table_catalog") String tableCatalog,
            @JsonProperty("table_schema") String tableSchema,
            @JsonProperty("table_name") String tableName) {}

    @Schema(name = "DestinationAttributes")
    record DestinationAttributes(
            @Schema(description = "Id of the destination") @JsonProperty("connection_id") long connectionId,
            @Schema(description = "full_name of the destination object") String object) {}

    @Schema(name = "Mapping", description = "One source value to one destination field")
    record Mapping(
            MappingFrom from,
            @Schema(description = "full_name of the destination field") String to,
            @Schema(description = "True for exactly one mapping") @JsonProperty("is_primary_identifier")
                    boolean primaryIdentifier,
            @Schema(description = "Whether nulls are sent; default true") @JsonProperty("sync_null_values")
                    boolean syncNullValues,
            @Schema(description = "lookup_object of the destination field: the value is looked up there")
                    @JsonProperty("lookup_object")
                    String lookupObject,
            @Schema(description = "Its field, one with can_be_reference_key, that the value is compared with")
                    @JsonProperty("lookup_field")
                    String lookupField) {}

    @Schema(
            name = "MappingFrom",
            description = "column: its name; constant_value: {value, basic_type}; liquid_template: its text;"
                    + " sync_metadata: key; compound_key (an extension: only for the primary identifier): the names of"
                    + " two to ten columns that together identify a record")
    record MappingFrom(
            @Schema(description = "column, constant_value, liquid_template, sync_metadata or compound_key") String type,
            Object data) {}

    @Schema(name = "Mode")
    record Mode(@Schema(description = "triggered") String type, Triggers triggers) {}

    @Schema(name = "Triggers")
    record Triggers(Schedule schedule, @JsonProperty("sync_sequence") Sequence syncSequence) {}

    @Schema(name = "Schedule", description = "In UTC")
    record Schedule(
            @Schema(description = "never, continuous, quarter_hourly, hourly, daily, weekly or expression")
                    String frequency,
            @Schema(description = "Week day in English") String day,
            Integer hour,
            Integer minute,
            @Schema(description = "Five fields") @JsonProperty("cron_expression") String cronExpression) {}

    @Schema(name = "SyncSequence", description = "Run after each success of another sync")
    record Sequence(@JsonProperty("sync_id") long syncId) {}
}
