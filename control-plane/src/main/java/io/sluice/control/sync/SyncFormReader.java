package io.sluice.control.sync;

import io.sluice.connector.source.SourceObject;
import io.sluice.control.error.ErrorCode;
import io.sluice.control.form.FormReader;
import io.sluice.operation.SyncBehavior;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the body of a sync's create or update request (census-api 3.1.1, 3.1.2); notes every problem of its form. */
public final class SyncFormReader {
    private static final Set<String> LATER_OBJECT_TYPES =
            Set.of("dataset", "segment", "cohort", "topic", "business_object_source", "filter_segment_source");

    private SyncFormReader() {}

    /** Reads the whole body. */
    public static SyncForm read(FormReader form) {
        Optional<SyncBehavior> behavior = behavior(form);
        Optional<FormReader> destination = form.requiredObject("destination_attributes");
        return new SyncForm(
                form.text("label"),
                behavior,
                form.requiredObject("source_attributes").flatMap(SyncFormReader::source),
                destination.flatMap(attributes -> attributes.requiredId("connection_id")),
                destination.flatMap(attributes -> attributes.requiredText("object")),
                mappings(form),
                ScheduleForm.schedule(form),
                ScheduleForm.afterSync(form),
                form.flag("paused").orElse(false),
                OptionsForm.read(form, behavior),
                form.flag("validate_only").orElse(false));
    }

    private static Optional<SyncBehavior> behavior(FormReader form) {
        Optional<String> word = form.requiredText("operation");
        if (word.isEmpty()) {
            return Optional.empty();
        }
        Optional<SyncBehavior> behavior = SyncBehavior.fromWireName(word.get());
        if (behavior.isEmpty()) {
            form.problems()
                    .add(
                            ErrorCode.UNKNOWN_OPERATION,
                            form.place("operation"),
                            "operation '" + word.get()
                                    + "' is unknown: use upsert, update, insert, mirror, append or delete");
        }
        return behavior;
    }

    private static Optional<SourceReference> source(FormReader attributes) {
        refuse(attributes, "filter_segment_id", "segments");
        refuse(attributes, "cohort_id", "cohorts");
        Optional<FormReader> object = attributes.requiredObject("object");
        Optional<Long> connection = attributes.id("connection_id");
        if (object.isEmpty()) {
            return Optional.empty();
        }
        String type = object.get().text("type").orElse("table");
        return switch (type) {
            case "table" -> table(attributes, connection, object.get());
            case "model" -> model(connection, object.get());
            default -> {
                boolean later = LATER_OBJECT_TYPES.contains(type);
                attributes
                        .problems()
                        .add(
                                later
                                        ? ErrorCode.SOURCE_OBJECT_TYPE_NOT_AVAILABLE
                                        : ErrorCode.UNKNOWN_SOURCE_OBJECT_TYPE,
                                object.get().place("type"),
                                "source object type '" + type + "' is "
                                        + (later ? "not available yet" : "unknown")
                                        + ": use table or model");
                yield Optional.empty();
            }
        };
    }

    private static Optional<SourceReference> table(
            FormReader attributes, Optional<Long> connection, FormReader object) {
        if (connection.isEmpty() && attributes.raw("connection_id").isEmpty()) {
            attributes.missing("connection_id");
        }
        Optional<Long> id = object.id("id");
        boolean named = object.text("table_name").isPresent();
        if (id.isPresent() && !named) {
            return id.map(known -> new SourceReference.TableId(connection, known));
        }
        Optional<String> catalog = object.requiredText("table_catalog");
        Optional<String> schema = object.requiredText("table_schema");
        Optional<String> table = object.requiredText("table_name");
        return catalog.isPresent() && schema.isPresent() && table.isPresent()
                ? Optional.of(new SourceReference.TableName(
                        connection, new SourceObject(catalog.get(), schema.get(), table.get())))
                : Optional.empty();
    }

    private static Optional<SourceReference> model(Optional<Long> connection, FormReader object) {
        Optional<Long> id = object.id("id");
        if (id.isPresent()) {
            return id.map(known -> new SourceReference.ModelId(connection, known));
        }
        return object.requiredText("name").map(name -> new SourceReference.ModelName(connection, name));
    }

    private static void refuse(FormReader attributes, String key, String what) {
        if (attributes.text(key).isPresent()) {
            attributes
                    .problems()
                    .add(
                            ErrorCode.SOURCE_OBJECT_TYPE_NOT_AVAILABLE,
                            attributes.place(key),
                            what + " are not available yet: use a table or a model");
        }
    }

    private static List<MappingForm> mappings(FormReader form) {
        Optional<List<FormReader>> entries = form.objects("mappings");
        if (entries.isEmpty() && form.raw("mappings").isEmpty()) {
            form.missing("mappings");
        }
        List<MappingForm> mappings = new ArrayList<>();
        for (FormReader entry : entries.orElse(List.of())) {
            mappings.add(MappingFormReader.read(entry));
        }
        if (entries.isPresent() && mappings.isEmpty()) {
            form.problems().add(ErrorCode.NO_MAPPINGS, "mappings", "mappings is empty: map at least the identifier");
        }
        return mappings;
    }
}
