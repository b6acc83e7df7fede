package io.sluice.control.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.sluice.connector.ConnectorDescriptor;
import io.sluice.connector.destination.DestinationConnector;
import io.sluice.connector.settings.SettingDescriptor;
import io.sluice.connector.settings.SettingsForm;
import io.sluice.connector.source.SourceConnector;
import io.sluice.operation.StateMode;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Connector types as the API shows them: enough to draw a form (census-api 3.3, 3.6). */
final class ConnectorViews {

    private ConnectorViews() {}

    /** One field of a form. */
    @Schema(name = "ConfigurationField")
    record Field(
            String id,
            List<String> rules,
            String label,
            String type,
            String placeholder,
            @JsonProperty("is_password_type_field") boolean password,
            @JsonProperty("possible_values") List<String> possibleValues,
            Object show,
            @JsonProperty("conditionally_required") Object conditionallyRequired,
            @JsonProperty("input_type") String inputType,
            String hint,
            @JsonProperty("read_more") String readMore,
            String matches) {

        static Field of(SettingDescriptor setting) {
            return new Field(
                    setting.id(),
                    rules(setting),
                    setting.label(),
                    type(setting.type()),
                    setting.defaultValue().orElse(setting.placeholder()),
                    setting.secret(),
                    setting.choices(),
                    null,
                    null,
                    inputType(setting),
                    setting.help(),
                    null,
                    null);
        }

        /** Always an array: one old client cannot read a plain text here. */
        private static List<String> rules(SettingDescriptor setting) {
            if (!setting.required() || setting.defaultValue().isPresent()) {
                return List.of();
            }
            return List.of(setting.secret() ? "required:notForEditing" : "required");
        }

        private static String type(SettingDescriptor.Type type) {
            return switch (type) {
                case STRING, URL -> "string";
                case INTEGER, PORT -> "integer";
                case BOOLEAN -> "boolean";
                case STRING_MAP -> "object";
            };
        }

        private static String inputType(SettingDescriptor setting) {
            if (!setting.choices().isEmpty()) {
                return "dropdown";
            }
            return switch (setting.type()) {
                case BOOLEAN -> "checkbox";
                case STRING_MAP -> "textarea";
                case STRING, URL, INTEGER, PORT -> "textbox";
            };
        }
    }

    /** A form. */
    @Schema(name = "ConfigurationFields")
    record Form(List<Field> fields) {
        static Form of(ConnectorDescriptor descriptor) {
            return of(descriptor.settings());
        }

        static Form of(SettingsForm form) {
            return new Form(form.settings().stream().map(Field::of).toList());
        }
    }

    /** A type of source. */
    @Schema(name = "SourceType")
    record SourceType(
            @JsonProperty("service_name") String serviceName,
            String label,
            @JsonProperty("documentation_slug") String documentationSlug,
            @JsonProperty("supported_sync_engines") List<String> supportedSyncEngines,
            @JsonProperty("creatable_via_api") boolean creatableViaApi,
            @JsonProperty("editable_via_api") boolean editableViaApi,
            @JsonProperty("creatable_via_connect_link") boolean creatableViaConnectLink,
            @JsonProperty("supports_warehouse_writeback") boolean supportsWarehouseWriteback,
            @JsonProperty("configuration_fields") Form configurationFields) {

        static SourceType of(SourceConnector connector) {
            ConnectorDescriptor descriptor = connector.descriptor();
            return new SourceType(
                    descriptor.type(),
                    descriptor.label(),
                    descriptor.documentationSlug(),
                    connector.supportedStateModes().stream()
                            .sorted()
                            .map(StateMode::wireName)
                            .toList(),
                    true,
                    true,
                    false,
                    false,
                    Form.of(descriptor));
        }
    }

    /** A type of destination. */
    @Schema(name = "Connector")
    record DestinationType(
            @JsonProperty("service_name") String serviceName,
            String label,
            @JsonProperty("documentation_slug") String documentationSlug,
            @JsonProperty("supports_test") boolean supportsTest,
            @JsonProperty("creatable_via_api") boolean creatableViaApi,
            @JsonProperty("editable_via_api") boolean editableViaApi,
            @JsonProperty("creatable_via_connect_link") boolean creatableViaConnectLink,
            @JsonProperty("maximum_batch_size") int maximumBatchSize,
            @JsonProperty("configuration_fields") Form configurationFields) {

        static DestinationType of(DestinationConnector connector) {
            ConnectorDescriptor descriptor = connector.descriptor();
            return new DestinationType(
                    descriptor.type(),
                    descriptor.label(),
                    descriptor.documentationSlug(),
                    true,
                    true,
                    true,
                    false,
                    connector.claims().maximumBatchSize(),
                    Form.of(descriptor));
        }
    }

    /** An enum constant as the API writes types: {@code DATE_TIME} becomes {@code DateTime}. */
    static String typeWord(Enum<?> constant) {
        StringBuilder word = new StringBuilder();
        for (String part : constant.name().split("_")) {
            word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
        }
        return word.toString();
    }
}
