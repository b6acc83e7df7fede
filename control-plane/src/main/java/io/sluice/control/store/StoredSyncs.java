package io.sluice.control.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.control.page.Page;
import io.sluice.control.page.PageRequest;
import io.sluice.control.run.LastRun;
import io.sluice.control.sync.Sync;
import io.sluice.control.sync.SyncDefinition;
import io.sluice.control.sync.SyncJson;
import io.sluice.control.sync.Syncs;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Syncs in PostgreSQL; the definition is stored in the API's own shape. */
@ApplicationScoped
public class StoredSyncs implements Syncs {
    private static final int MOST_DUE_AT_ONCE = 200;

    private final SyncRows rows;
    private final SourceItemRows sourceItems;
    private final DestinationItemRows destinationItems;
    private final ActiveRuns activeRuns;
    private final RememberedFacts facts;
    private final EntityManager entities;
    private final Clock clock;

    public StoredSyncs(
            SyncRows rows,
            SourceItemRows sourceItems,
            DestinationItemRows destinationItems,
            ActiveRuns activeRuns,
            RememberedFacts facts,
            EntityManager entities,
            Clock clock) {
        this.rows = rows;
        this.sourceItems = sourceItems;
        this.destinationItems = destinationItems;
        this.activeRuns = activeRuns;
        this.facts = facts;
        this.entities = entities;
        this.clock = clock;
    }

    @Override
    @Transactional
    public long create(long workspaceId, Draft draft) {
        entities.find(WorkspaceEntity.class, workspaceId, LockModeType.PESSIMISTIC_WRITE);
        SyncEntity row = new SyncEntity();
        row.id = rows.nextId();
        row.workspaceId = workspaceId;
        row.createdAt = clock.instant();
        apply(row, draft);
        String wanted = "sync:" + slug(draft.definition().label().orElse("sync"));
        boolean taken = rows.count("workspaceId = ?1 and resourceIdentifier = ?2", workspaceId, wanted) > 0;
        row.resourceIdentifier = taken ? wanted + "-" + row.id : wanted;
        rows.persist(row);
        return row.id;
    }

    @Override
    @Transactional
    public void update(long syncId, Draft draft) {
        SyncEntity row = rows.findById(syncId, LockModeType.PESSIMISTIC_WRITE);
        if (row != null) {
            facts.ofWorkspace(row.workspaceId);
            apply(row, draft);
        }
    }

    private void apply(SyncEntity row, Draft draft) {
        SyncDefinition definition = draft.definition();
        ObjectNode json = SyncJson.write(definition);
        definition.options().leadUnionInsertTo().ifPresent(object -> json.putObject("destination_attributes")
                .put("connection_id", 1)
                .put("object", "-")
                .put("lead_union_insert_to", object));
        row.definition = json.toString();
        row.sourceItemId = draft.sourceItemId();
        row.destinationItemId = draft.destinationItemId();
        row.paused = definition.paused();
        row.afterSyncId = definition.afterSync().orElse(null);
        row.nextRunAt = draft.nextRunAt().orElse(null);
        row.updatedAt = clock.instant();
    }

    @Override
    @Transactional
    public Optional<Sync> find(long workspaceId, long syncId) {
        return rows.findByIdOptional(syncId)
                .filter(row -> row.workspaceId == workspaceId)
                .map(row -> assemble(List.of(row)).getFirst());
    }

    @Override
    @Transactional
    public Page<Sync> list(long workspaceId, PageRequest page) {
        return Paging.page(rows.find("workspaceId", Paging.order(page), workspaceId), page, this::assemble);
    }

    @Override
    @Transactional
    public boolean delete(long workspaceId, long syncId) {
        Optional<SyncEntity> found = rows.findByIdOptional(syncId, LockModeType.PESSIMISTIC_WRITE)
                .filter(row -> row.workspaceId == workspaceId);
        found.ifPresent(row -> {
            facts.ofWorkspace(row.workspaceId);
            activeRuns.cancelOfSync(row.id);
            rows.delete(row);
        });
        return found.isPresent();
    }

    @Override
    @Transactional
    public List<Due> takeDue(Instant now) {
        List<SyncEntity> due = entities.createNativeQuery(
                        "select * from sync where next_run_at <= ?1 and not paused order by next_run_at limit "
                                + MOST_DUE_AT_ONCE + " for update skip locked",
                        SyncEntity.class)
                .setParameter(1, now)
                .getResultList();
        List<Due> taken = new ArrayList<>();
        for (SyncEntity row : due) {
            taken.add(new Due(row.workspaceId, row.id, row.nextRunAt));
            row.nextRunAt = definition(row).schedule().nextAfter(now).orElse(null);
        }
        return taken;
    }

    @Override
    @Transactional
    public List<Due> followers(long syncId, Instant now) {
        return rows.find("afterSyncId = ?1 and not paused", syncId).stream()
                .map(row -> new Due(row.workspaceId, row.id, now))
                .toList();
    }

    /** A page at a time, with as many queries for a hundred syncs as for one. */
    private List<Sync> assemble(List<SyncEntity> syncs) {
        if (syncs.isEmpty()) {
            return List.of();
        }
        Map<Long, SourceItemEntity> sources =
                sourceItems
                        .find(
                                "id in ?1",
                                syncs.stream().map(row -> row.sourceItemId).toList())
                        .stream()
                        .collect(Collectors.toMap(row -> row.id, Function.identity()));
        Map<Long, DestinationItemEntity> destinations =
                destinationItems
                        .find(
                                "id in ?1",
                                syncs.stream().map(row -> row.destinationItemId).toList())
                        .stream()
                        .collect(Collectors.toMap(row -> row.id, Function.identity()));
        Map<Long, LastRun> lastRuns = lastRuns(syncs.stream().map(row -> row.id).toList());
        return syncs.stream()
                .map(row -> new Sync(
                        row.id,
                        row.workspaceId,
                        row.resourceIdentifier,
                        StoredSourceItems.item(sources.get(row.sourceItemId)),
                        StoredDestinationItems.item(destinations.get(row.destinationItemId)),
                        definition(row),
                        Optional.ofNullable(lastRuns.get(row.id)),
                        Optional.ofNullable(row.nextRunAt),
                        row.createdAt,
                        row.updatedAt))
                .toList();
    }

    private Map<Long, LastRun> lastRuns(List<Long> syncIds) {
        List<Tuple> found = entities.createNativeQuery(
                        "select distinct on (sync_id) sync_id, id, created_at, (select o.state from sync_run o where"
                                + " o.sync_id = r.sync_id and o.state in ('completed', 'failed') and not o.dry_run order by"
                                + " o.id desc limit 1) as outcome from sync_run r where sync_id in (:ids) and state <>"
                                + " 'skipped' and not dry_run order by sync_id, id desc",
                        Tuple.class)
                .setParameter("ids", syncIds)
                .getResultList();
        Map<Long, LastRun> lastRuns = new HashMap<>();
        for (Tuple row : found) {
            LastRun.Outcome outcome =
                    switch (String.valueOf(row.get("outcome"))) {
                        case "completed" -> LastRun.Outcome.COMPLETED;
                        case "failed" -> LastRun.Outcome.FAILED;
                        default -> LastRun.Outcome.NONE_YET;
                    };
            lastRuns.put(
                    row.get("sync_id", Long.class),
                    new LastRun(row.get("id", Long.class), row.get("created_at", Instant.class), outcome));
        }
        return lastRuns;
    }

    private static SyncDefinition definition(SyncEntity row) {
        return SyncJson.read(StoredJson.read(row.definition, ObjectNode.class));
    }

    /** Latin letters and digits of a label, joined by hyphens. */
    static String slug(String label) {
        String plain = Normalizer.normalize(label, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        return plain.isEmpty() ? "sync" : plain;
    }
}
