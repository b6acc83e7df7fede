package io.sluice.control.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.control.catalog.SourceItem;
import io.sluice.control.sync.Sync;
import io.sluice.control.sync.SyncJson;
import io.sluice.control.sync.SyncWarnings;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Syncs as the API shows them (census-api 3.1.6). */
final class SyncViews {

    private SyncViews() {}

    /** The id of a new sync: the one place where the key is not {@code id}. */
    @Schema(name = "CreatedSync")
    record CreatedSync(
            @JsonProperty("sync_id") long syncId,
            @Schema(description = "What to know before the first run") List<String> warnings) {}

    /** The id of a new run. */
    @Schema(name = "TriggeredRun")
    record TriggeredRun(@JsonProperty("sync_run_id") long syncRunId) {}

    /** A form that was only checked. */
    @Schema(name = "ValidatedSync")
    record Validated(boolean valid, List<String> warnings) {}

    static ObjectNode view(Sync sync) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        view.put("id", sync.id());
        view.put("resource_identifier", sync.resourceIdentifier());
        view.put("status", sync.status());
        view.put("created_at", Timestamps.text(sync.createdAt()));
        view.put("updated_at", Timestamps.text(sync.updatedAt()));
        view.set("source_attributes", source(sync));
        view.set(
                "destination_attributes",
                SyncJson.destination(
                        sync.destination().destinationId(),
                        sync.destination().object().fullName(),
                        sync.definition()));
        view.setAll(SyncJson.write(sync.definition()));
        ArrayNode warnings = view.putArray("warnings");
        SyncWarnings.of(sync.definition()).forEach(warnings::add);
        sync.nextRunAt().ifPresent(at -> view.put("next_run_at", Timestamps.text(at)));
        sync.lastRun().ifPresent(run -> {
            view.put("last_run_id", run.id());
            view.put("last_run_at", Timestamps.text(run.startedAt()));
        });
        return view;
    }

    private static ObjectNode source(Sync sync) {
        ObjectNode attributes = SyncJson.source(sync.source());
        ObjectNode object = (ObjectNode) attributes.get("object");
        if (sync.source() instanceof SourceItem.Model model) {
            object.put("created_at", Timestamps.text(model.createdAt()));
            object.put("updated_at", Timestamps.text(model.updatedAt()));
        }
        return attributes;
    }
}
