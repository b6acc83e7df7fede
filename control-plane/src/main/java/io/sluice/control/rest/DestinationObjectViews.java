package io.sluice.control.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.sluice.connector.destination.DestinationField;
import io.sluice.connector.destination.DestinationObject;
import io.sluice.connector.destination.WriteMode;
import io.sluice.control.sync.MappingOptions;
import io.sluice.control.sync.SyncOptions;
import io.sluice.operation.SyncBehavior;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Destination objects and fields as the API shows them (census-api 3.6, DST-4, DST-5). */
final class DestinationObjectViews {
    private static final Advanced BATCH_SIZE = new Advanced(
            SyncOptions.BATCH_SIZE, "integer", "Batch size", "text", "Automatic", null, 1, false, List.of());

    private DestinationObjectViews() {}

    /** One advanced setting of syncs to an object. */
    @Schema(name = "AdvancedConfigurationField")
    record Advanced(
            String name,
            String type,
            String label,
            @JsonProperty("input_type") String inputType,
            String placeholder,
            @JsonProperty("default") Object defaultValue,
            @JsonProperty("sort_order") int sortOrder,
            boolean required,
            @JsonProperty("supported_values") List<String> supportedValues) {}

    /** Whether an operation needs a primary identifier. */
    @Schema(name = "PrimaryIdentifierAttributes")
    record Identifier(boolean required, @JsonProperty("hide_destination_key") boolean hideKey, String notes) {}

    /** A field. */
    @Schema(name = "DestinationField")
    record Field(
            String label,
            @JsonProperty("full_name") String fullName,
            String type,
            boolean createable,
            boolean updateable,
            List<String> operations,
            boolean array,
            @JsonProperty("preserve_values_supported") boolean preserveValues,
            @JsonProperty("required_for_mapping") boolean required,
            @JsonProperty("can_be_upsert_key") boolean upsertKey,
            @JsonProperty("can_be_update_key") boolean updateKey,
            @JsonProperty("can_be_insert_key") boolean insertKey,
            @JsonProperty("can_be_reference_key") boolean referenceKey,
            @JsonProperty("lookup_object") String lookupObject) {

        static Field of(DestinationField field) {
            return new Field(
                    field.label(),
                    field.fullName(),
                    ConnectorViews.typeWord(field.type()),
                    field.createable(),
                    field.updateable(),
                    field.array() ? arrayOperations(field) : List.of(),
                    field.array(),
                    field.writeModes().contains(WriteMode.SET_IF_EMPTY),
                    field.required(),
                    field.identifier(),
                    field.identifier(),
                    field.identifier(),
                    field.referenceKey(),
                    field.lookup().map(DestinationField.Lookup::object).orElse(null));
        }

        private static List<String> arrayOperations(DestinationField field) {
            return field.writeModes().contains(WriteMode.MERGE)
                    ? List.of("overwrite", MappingOptions.MERGE)
                    : List.of("overwrite");
        }
    }

    /** An object. Two spellings of one key: clients of both ages exist. */
    @Schema(name = "DestinationObject")
    record View(
            String label,
            @JsonProperty("full_name") String fullName,
            @JsonProperty("supported_operations") List<String> supportedOperations,
            @JsonProperty("can_be_sync_destination") boolean canBeSyncDestination,
            @JsonProperty("primary_identifier_mapping_attributes") Map<String, Identifier> identifiers,
            @JsonProperty("allow_custom_fields") boolean allowCustomFields,
            @JsonProperty("allow_case_sensitive_fields") boolean caseSensitive,
            @JsonProperty("allow_case_sensitive_field_names") boolean caseSensitiveNames,
            @JsonProperty("supports_field_ordering") boolean fieldOrdering,
            @JsonProperty("advanced_configuration_field_definitions") List<Advanced> advanced,
            List<Field> fields) {

        static View of(DestinationObject object) {
            List<String> operations = object.behaviors().stream()
                    .sorted()
                    .map(SyncBehavior::wireName)
                    .toList();
            Map<String, Identifier> identifiers = new LinkedHashMap<>();
            operations.forEach(operation -> identifiers.put(operation, new Identifier(true, false, null)));
            return new View(
                    object.label(),
                    object.fullName(),
                    operations,
                    !operations.isEmpty(),
                    identifiers,
                    object.allowsCustomFields(),
                    true,
                    true,
                    false,
                    List.of(BATCH_SIZE),
                    object.fields().stream().map(Field::of).toList());
        }
    }
}
