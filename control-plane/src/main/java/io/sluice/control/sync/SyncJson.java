package io.sluice.control.sync;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.control.catalog.SourceItem;
import io.sluice.control.error.Problems;
import io.sluice.control.form.FormReader;
import io.sluice.mapping.MappingSource;
import io.sluice.mapping.engine.name.NameStyle;
import io.sluice.record.Value;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A sync in the API's shape (census-api 3.1). The same shape is what is stored, so that what was saved is read by the very
 * reader that read the request, and a partial update is a merge of two such objects.
 */
public final class SyncJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> FLAT_SCHEDULE =
            List.of("schedule_frequency", "schedule_day", "schedule_hour", "schedule_minute", "cron_expression");

    private SyncJson() {}

    /** The definition without source and destination. */
    public static ObjectNode write(SyncDefinition definition) {
        ObjectNode node = NODES.objectNode();
        node.put("label", definition.label().orElse(null));
        node.put("operation", definition.behavior().wireName());
        node.put("paused", definition.paused());
        node.set("mappings", mappings(definition.mappings()));
        node.set("mode", mode(definition));
        flatSchedule(node, definition.schedule());
        options(node, definition.options());
        return node;
    }

    /** What to read, in the shape of a request and of an answer. */
    public static ObjectNode source(SourceItem item) {
        ObjectNode object = NODES.objectNode();
        object.put("type", item.type());
        object.put("id", item.id());
        switch (item) {
            case SourceItem.Table table -> {
                object.put("table_catalog", table.object().catalog());
                object.put("table_schema", table.object().schema());
                object.put("table_name", table.object().name());
            }
            case SourceItem.Model model -> {
                object.put("name", model.name());
                object.put("query", model.sql());
                object.put("created_at", model.createdAt().toString());
                object.put("updated_at", model.updatedAt().toString());
            }
        }
        ObjectNode attributes = NODES.objectNode();
        attributes.put("connection_id", item.sourceId());
        attributes.set("object", object);
        return attributes;
    }

    /** Where to write, in the shape of a request and of an answer. */
    public static ObjectNode destination(long destinationId, String objectName, SyncDefinition definition) {
        ObjectNode attributes = NODES.objectNode();
        attributes.put("connection_id", destinationId);
        attributes.put("object", objectName);
        attributes.put(
                "lead_union_insert_to", definition.options().leadUnionInsertTo().orElse(null));
        return attributes;
    }

    /**
     * Reads what {@link #write} made.
     *
     * @throws IllegalStateException when it was made by an incompatible version
     */
    public static SyncDefinition read(ObjectNode stored) {
        Problems problems = new Problems();
        ObjectNode body = stored.deepCopy();
        if (!body.has("source_attributes")) {
            body.set("source_attributes", placeholder());
        }
        if (!body.has("destination_attributes")) {
            body.set("destination_attributes", placeholder());
        }
        SyncForm form = SyncFormReader.read(FormReader.of(body, problems));
        boolean readable =
                problems.list().stream().allMatch(problem -> problem.field().contains("_attributes"));
        if (!readable) {
            throw new IllegalStateException("a stored sync cannot be read: " + problems.list());
        }
        return form.definition();
    }

    /** The stored sync with a patch laid over it: top-level keys are replaced whole (census-api 3.1). */
    public static ObjectNode merge(Sync sync, ObjectNode patch) {
        ObjectNode merged = write(sync.definition());
        merged.set("source_attributes", source(sync.source()));
        merged.set(
                "destination_attributes",
                destination(
                        sync.destination().destinationId(),
                        sync.destination().object().fullName(),
                        sync.definition()));
        if (FLAT_SCHEDULE.stream().anyMatch(patch::has) && !patch.has("mode")) {
            merged.remove("mode");
            sync.definition().afterSync().ifPresent(parent -> merged.set("triggers", sequence(parent)));
        }
        if (!patch.path("operation").asText().equals(merged.path("operation").asText()) && patch.has("operation")) {
            merged.remove(RunOptionsForm.OF_ONE_BEHAVIOR);
        }
        if (patch.path("field_behavior").isTextual() && !patch.has("field_normalization")) {
            merged.remove("field_normalization");
        }
        merged.setAll(patch);
        return merged;
    }

    private static ObjectNode placeholder() {
        return NODES.objectNode().put("connection_id", 1).put("object", "-");
    }

    private static ArrayNode mappings(List<MappingDefinition> mappings) {
        ArrayNode array = NODES.arrayNode();
        for (MappingDefinition mapping : mappings) {
            ObjectNode node = array.addObject();
            node.put("position", array.size() - 1);
            node.set("from", from(mapping));
            node.put("to", mapping.field());
            node.put("is_primary_identifier", mapping.mapping().primaryIdentifier());
            node.put("generate_field", mapping.options().generateField());
            node.put("preserve_values", mapping.options().preserveValues());
            node.put("sync_null_values", mapping.mapping().syncNulls());
            node.put("operation", mapping.options().arrayOperation().orElse(null));
            Optional<MappingOptions.Lookup> lookup = mapping.options().lookup();
            node.put("lookup_object", lookup.map(MappingOptions.Lookup::object).orElse(null));
            node.put("lookup_field", lookup.map(MappingOptions.Lookup::field).orElse(null));
            // only where they say something: they are no part of the reference's answer
            if (mapping.options().arrayField()) {
                node.put("array_field", true);
            }
            mapping.options().fieldType().ifPresent(type -> node.put("field_type", type));
        }
        return array;
    }

    private static ObjectNode from(MappingDefinition mapping) {
        ObjectNode from = NODES.objectNode();
        switch (mapping.mapping().from()) {
            case MappingSource.Column column -> from.put("type", "column").put("data", column.name());
            case MappingSource.CompoundKey key -> {
                from.put("type", "compound_key");
                key.columns().forEach(from.putArray("data")::add);
            }
            case MappingSource.SyncMetadata metadata ->
                from.put("type", "sync_metadata").put("data", metadata.key());
            case MappingSource.Template template ->
                from.put("type", "liquid_template").put("data", template.text());
            case MappingSource.Constant constant -> {
                from.put("type", "constant_value");
                from.putObject("data")
                        .put("value", text(constant.value()))
                        .put("basic_type", mapping.constantType().orElseThrow().wireName());
            }
        }
        return from;
    }

    private static String text(Value value) {
        return switch (value) {
            case Value.Null nothing -> "";
            case Value.Bool bool -> Boolean.toString(bool.value());
            case Value.Number number -> number.text();
            case Value.Text text -> text.text();
            case Value.Structured structured -> structured.json();
        };
    }

    private static ObjectNode mode(SyncDefinition definition) {
        ObjectNode triggers = NODES.objectNode();
        triggers.set("schedule", schedule(definition.schedule()));
        definition.afterSync().ifPresent(parent -> triggers.putObject("sync_sequence")
                .put("sync_id", parent));
        ObjectNode mode = NODES.objectNode().put("type", "triggered");
        mode.set("triggers", triggers);
        return mode;
    }

    private static ObjectNode sequence(long parent) {
        ObjectNode triggers = NODES.objectNode();
        triggers.putObject("sync_sequence").put("sync_id", parent);
        return triggers;
    }

    /** Only what applies: strict decoders take null for a value here. */
    private static ObjectNode schedule(Schedule schedule) {
        ObjectNode node =
                NODES.objectNode().put("frequency", schedule.frequency().wireName());
        day(schedule).ifPresent(day -> node.put("day", day));
        schedule.hour().ifPresent(hour -> node.put("hour", hour));
        schedule.minute().ifPresent(minute -> node.put("minute", minute));
        schedule.cron().ifPresent(cron -> node.put("cron_expression", cron));
        return node;
    }

    private static void flatSchedule(ObjectNode node, Schedule schedule) {
        node.put("schedule_frequency", schedule.frequency().wireName());
        node.put("schedule_day", day(schedule).orElse(null));
        node.put("schedule_hour", schedule.hour().orElse(null));
        node.put("schedule_minute", schedule.minute().orElse(null));
        node.put("cron_expression", schedule.cron().orElse(null));
    }

    private static Optional<String> day(Schedule schedule) {
        return schedule.day().map(day -> day.getDisplayName(TextStyle.FULL, Locale.ENGLISH));
    }

    private static void options(ObjectNode node, SyncOptions options) {
        node.put("field_behavior", options.allProperties().isPresent() ? OptionsForm.ALL : OptionsForm.SPECIFIC);
        node.put(
                "field_normalization",
                options.allProperties().map(NameStyle::wireName).orElse(null));
        node.put("field_order", options.fieldOrder());
        RunOptionsForm.write(options.runs(), node);
        node.set("advanced_configuration", JSON.valueToTree(options.advanced()));
        ArrayNode alerts = node.putArray("alert_attributes");
        for (Alert alert : options.alerts()) {
            ObjectNode entry = alerts.addObject();
            entry.put("id", alert.id());
            entry.put("type", alert.type());
            entry.put("send_for", alert.sendFor());
            entry.put("should_send_recovery", alert.sendRecovery());
            entry.set("options", alert.options().isEmpty() ? NODES.nullNode() : JSON.valueToTree(alert.options()));
        }
        node.put("failed_run_notifications_enabled", options.failedRunNotifications());
        node.put("failed_record_notifications_enabled", options.failedRecordNotifications());
        node.put("failed_record_notifications_threshold_percent", options.failedRecordThresholdPercent());
    }
}
