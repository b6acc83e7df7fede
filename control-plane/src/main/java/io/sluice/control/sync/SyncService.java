package io.sluice.control.sync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.control.catalog.Catalog;
import io.sluice.control.catalog.DestinationItem;
import io.sluice.control.catalog.SourceItems;
import io.sluice.control.connection.Announcements;
import io.sluice.control.connection.Destinations;
import io.sluice.control.connection.Sources;
import io.sluice.control.error.ApiException;
import io.sluice.control.error.ErrorCode;
import io.sluice.control.error.Problems;
import io.sluice.control.form.FormReader;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Creates, checks and changes syncs. Whatever is wrong with a form is reported at once. Thread-safe. */
public final class SyncService {
    /** Keys that change what a sync reads, writes or maps: only these need source and destination to be looked at. */
    private static final Set<String> CONFIGURATION = Set.of(
            "operation",
            "source_attributes",
            "destination_attributes",
            "mappings",
            "mirror_strategy",
            "high_water_mark_attribute",
            "high_water_mark_attributes");

    private final Syncs syncs;
    private final SyncTargets targets;
    private final Announcements announcements;
    private final Clock clock;

    public SyncService(
            Syncs syncs,
            Sources sources,
            Destinations destinations,
            SourceItems items,
            Catalog catalog,
            Announcements announcements,
            Clock clock) {
        this.syncs = syncs;
        this.targets = new SyncTargets(sources, destinations, items, catalog);
        this.announcements = announcements;
        this.clock = clock;
    }

    /**
     * Makes a sync.
     *
     * @throws ApiException with every problem of the form
     */
    public Created create(long workspaceId, ObjectNode body) {
        Problems problems = new Problems();
        FormReader reader = FormReader.of(body, problems);
        SyncForm form = SyncFormReader.read(reader);
        boolean confirmed = reader.flag(SyncChangeRules.CONFIRM_DELETE).orElse(false);
        SyncChangeRules.creation(form, confirmed, problems);
        Syncs.Draft draft = checked(workspaceId, form, Optional.empty(), false, problems);
        List<String> warnings = SyncWarnings.of(draft.definition());
        return form.validateOnly()
                ? new Created(Optional.empty(), warnings)
                : new Created(Optional.of(syncs.create(workspaceId, draft)), warnings);
    }

    /**
     * What became of a form.
     *
     * @param syncId the new sync, or empty when the form asked for a check only (RUN-23)
     * @param warnings what its owner should know before it runs
     */
    public record Created(Optional<Long> syncId, List<String> warnings) {}

    /**
     * Changes a sync: top-level keys of the patch replace the stored ones whole.
     *
     * @return the sync as it is now
     * @throws ApiException when it does not exist, or with every problem of the form
     */
    public Sync update(long workspaceId, long syncId, ObjectNode patch) {
        Sync sync = get(workspaceId, syncId);
        Problems problems = new Problems();
        FormReader reader = FormReader.of(SyncJson.merge(sync, patch), problems);
        SyncForm form = SyncFormReader.read(reader);
        boolean confirmedKey = reader.flag(SyncChangeRules.CONFIRM_KEY_CHANGE).orElse(false);
        if (patch.has(RunOptionsForm.MAX_FAILURES)) {
            SyncRules.failures(form, targets.engine(sync), problems);
        }
        Syncs.Draft draft = CONFIGURATION.stream().anyMatch(patch::has)
                ? checked(workspaceId, form, Optional.of(sync), confirmedKey, problems)
                : unchangedTargets(workspaceId, sync, form, problems);
        if (!form.validateOnly()) {
            syncs.update(syncId, draft);
        }
        return get(workspaceId, syncId);
    }

    /**
     * A sync.
     *
     * @throws ApiException when the workspace has none of that id
     */
    public Sync get(long workspaceId, long syncId) {
        return syncs.find(workspaceId, syncId).orElseThrow(() -> ApiException.notFound("sync", syncId));
    }

    /**
     * Removes a sync.
     *
     * @throws ApiException when the workspace has none of that id
     */
    public void delete(long workspaceId, long syncId) {
        if (!syncs.delete(workspaceId, syncId)) {
            throw ApiException.notFound("sync", syncId);
        }
        announcements.publish();
    }

    private Syncs.Draft checked(
            long workspaceId, SyncForm form, Optional<Sync> before, boolean confirmedKey, Problems problems) {
        Optional<SyncTargets.ReadTarget> source = targets.source(workspaceId, form, problems);
        Optional<DestinationItem> destination = targets.destination(workspaceId, form, problems);
        SyncRules.check(
                form,
                source.flatMap(SyncTargets.ReadTarget::columns),
                source.flatMap(SyncTargets.ReadTarget::engine),
                destination.map(DestinationItem::object),
                problems);
        before.ifPresent(sync -> SyncChangeRules.change(
                sync,
                form,
                source.map(found -> found.item().id()),
                destination.map(DestinationItem::id),
                confirmedKey,
                problems));
        parent(workspaceId, form, problems);
        problems.throwIfAny();
        return draft(
                form,
                source.orElseThrow().item().id(),
                destination.orElseThrow().id());
    }

    /** Pausing or renaming must work even when the source is unreachable or a column is gone. */
    private Syncs.Draft unchangedTargets(long workspaceId, Sync sync, SyncForm form, Problems problems) {
        parent(workspaceId, form, problems);
        problems.throwIfAny();
        return draft(form, sync.source().id(), sync.destination().id());
    }

    private void parent(long workspaceId, SyncForm form, Problems problems) {
        form.afterSync()
                .filter(parent -> syncs.find(workspaceId, parent).isEmpty())
                .ifPresent(parent -> problems.add(
                        ErrorCode.INVALID_VALUE,
                        "mode.triggers.sync_sequence.sync_id",
                        "there is no sync " + parent + " in this workspace to follow"));
    }

    private Syncs.Draft draft(SyncForm form, long sourceItemId, long destinationItemId) {
        SyncDefinition definition = form.definition();
        return new Syncs.Draft(
                definition,
                sourceItemId,
                destinationItemId,
                definition.schedule().nextAfter(clock.instant()));
    }
}
