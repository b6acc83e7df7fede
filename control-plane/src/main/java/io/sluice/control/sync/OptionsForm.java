package io.sluice.control.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.control.error.ErrorCode;
import io.sluice.control.form.FormReader;
import io.sluice.mapping.engine.name.NameStyle;
import io.sluice.operation.SyncBehavior;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the optional parts of a sync's form. What would be silently without effect is refused instead. */
final class OptionsForm {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> FIELD_ORDERS = Set.of("alphabetical_column_name", "mapping_order");

    static final String SPECIFIC = "specific_properties";
    static final String ALL = "sync_all_properties";

    private OptionsForm() {}

    static SyncOptions read(FormReader form, Optional<SyncBehavior> behavior) {
        String order = form.text("field_order").orElse("alphabetical_column_name");
        if (!FIELD_ORDERS.contains(order)) {
            form.invalid("field_order", "must be alphabetical_column_name or mapping_order");
        }
        return new SyncOptions(
                order,
                form.object("destination_attributes").flatMap(attributes -> attributes.text("lead_union_insert_to")),
                advanced(form),
                alerts(form),
                form.flag("failed_run_notifications_enabled").orElse(true),
                form.flag("failed_record_notifications_enabled").orElse(true),
                form.integer("failed_record_notifications_threshold_percent", 0, 100)
                        .orElse(75),
                RunOptionsForm.read(form, behavior),
                allProperties(form));
    }

    private static Optional<NameStyle> allProperties(FormReader form) {
        String behavior = form.text("field_behavior").orElse(SPECIFIC);
        Optional<String> word = form.text("field_normalization");
        Optional<NameStyle> style = word.flatMap(NameStyle::fromWireName);
        if (!behavior.equals(SPECIFIC) && !behavior.equals(ALL)) {
            form.invalid("field_behavior", "must be " + SPECIFIC + " or " + ALL);
        }
        if (word.isPresent() && style.isEmpty()) {
            form.invalid(
                    "field_normalization",
                    "must be one of "
                            + Arrays.stream(NameStyle.values())
                                    .map(NameStyle::wireName)
                                    .collect(Collectors.joining(", ")));
        } else if (word.isPresent() && !behavior.equals(ALL)) {
            form.invalid("field_normalization", "is for field_behavior " + ALL + " only");
        }
        return behavior.equals(ALL) ? Optional.of(style.orElse(NameStyle.MATCH_SOURCE_NAMES)) : Optional.empty();
    }

    private static Map<String, Object> advanced(FormReader form) {
        Map<String, Object> settings = new LinkedHashMap<>();
        form.object("advanced_configuration")
                .ifPresent(given -> given.copy().fieldNames().forEachRemaining(name -> {
                    if (!name.equals(SyncOptions.BATCH_SIZE)) {
                        given.problems()
                                .add(
                                        ErrorCode.UNKNOWN_ADVANCED_SETTING,
                                        given.place(name),
                                        "advanced setting '" + name + "' is unknown: this object knows batch_size");
                    } else {
                        given.integer(name, 1, 100_000).ifPresent(size -> settings.put(name, size));
                    }
                }));
        return settings;
    }

    private static List<Alert> alerts(FormReader form) {
        Optional<List<FormReader>> entries = form.objects("alert_attributes");
        if (entries.isEmpty()) {
            return Alert.DEFAULTS;
        }
        long highest = entries.get().stream()
                .mapToLong(entry -> entry.id("id").orElse(0L))
                .max()
                .orElse(0L);
        List<Alert> alerts = new ArrayList<>();
        for (FormReader entry : entries.get()) {
            Optional<Long> given = entry.id("id");
            if (given.isEmpty()) {
                highest++;
            }
            String type = entry.requiredText("type").orElse("");
            if (!type.isEmpty() && !Alert.TYPES.contains(type)) {
                entry.invalid(
                        "type",
                        "must be one of "
                                + String.join(
                                        ", ", Alert.TYPES.stream().sorted().toList()));
            }
            String sendFor = entry.text("send_for").orElse("first_time");
            if (!sendFor.equals("first_time") && !sendFor.equals("every_time")) {
                entry.invalid("send_for", "must be first_time or every_time");
            }
            alerts.add(new Alert(
                    given.orElse(highest),
                    type,
                    sendFor,
                    entry.flag("should_send_recovery").orElse(true),
                    options(entry)));
        }
        return alerts;
    }

    private static Map<String, Object> options(FormReader entry) {
        Map<String, Object> options = new LinkedHashMap<>();
        entry.object("options").ifPresent(given -> {
            for (Map.Entry<String, JsonNode> option : given.copy().properties()) {
                if (option.getValue().isValueNode() && !option.getValue().isNull()) {
                    options.put(option.getKey(), JSON.convertValue(option.getValue(), Object.class));
                }
            }
        });
        return options;
    }
}
