package io.sluice.control.store;

import io.sluice.control.page.Page;
import io.sluice.control.page.PageRequest;
import io.sluice.control.quarantine.QuarantinedRecords;
import io.sluice.control.run.SyncRuns;
import io.sluice.support.quarantine.ReleasedRecords;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Query;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Quarantined records in PostgreSQL. A release takes them off the list at once and waits here until a run that carried it has
 * ended; until then it also keeps older news of the differ from listing them again.
 */
@ApplicationScoped
public class StoredQuarantine implements QuarantinedRecords {
    /** Not of a sync that is deleted, and not what was released since. */
    private static final String ENTER =
            """
            insert into quarantined_record (sync_id, identifier, operation, failures, last_failed_run, reason,
                failing_since, created_at)
            select ?1, ?2, ?3, ?4, ?5, cast(?6 as text), ?7, ?8
            where exists (select 1 from sync where id = ?1)
              and not exists (select 1 from quarantine_release r where r.sync_id = ?1
                and (r.everything or r.identifier = ?2) and (r.first_run is null or r.first_run > ?5))
            on conflict (sync_id, md5(identifier)) do update set operation = excluded.operation,
                failures = excluded.failures, last_failed_run = excluded.last_failed_run,
                reason = excluded.reason, failing_since = excluded.failing_since
            """;

    private final EntityManager entities;
    private final Clock clock;

    public StoredQuarantine(EntityManager entities, Clock clock) {
        this.entities = entities;
        this.clock = clock;
    }

    @Override
    @Transactional
    public Page<Entry> list(long syncId, PageRequest page) {
        long total = number("select count(*) from quarantined_record where sync_id = ?1", syncId);
        String direction = page.ascending() ? "asc" : "desc";
        List<Tuple> rows = entities.createNativeQuery(
                        "select identifier, operation, failures, last_failed_run, reason, failing_since from"
                                + " quarantined_record where sync_id = ?1 order by created_at " + direction
                                + ", identifier " + direction + " limit ?2 offset ?3",
                        Tuple.class)
                .setParameter(1, syncId)
                .setParameter(2, page.size())
                .setParameter(3, page.offset())
                .getResultList();
        return new Page<>(rows.stream().map(StoredQuarantine::entry).toList(), total, page);
    }

    private static Entry entry(Tuple row) {
        return new Entry(
                row.get("identifier", String.class),
                row.get("operation", String.class),
                row.get("failures", Integer.class),
                row.get("last_failed_run", Long.class),
                Optional.ofNullable(row.get("reason", String.class)),
                row.get("failing_since", Instant.class));
    }

    @Override
    @Transactional
    public Optional<Long> release(long syncId, List<String> identifiers, int mostWaiting) {
        lock(syncId);
        Number listed = (Number) entities.createNativeQuery(
                        "select count(*) from quarantined_record where sync_id = :sync and identifier in (:identifiers)")
                .setParameter("sync", syncId)
                .setParameter("identifiers", identifiers)
                .getSingleResult();
        long waiting = number("select count(*) from quarantine_release where sync_id = ?1", syncId);
        if (waiting + listed.longValue() > mostWaiting) {
            return Optional.empty();
        }
        entities.createNativeQuery("insert into quarantine_release (sync_id, everything, identifier)"
                        + " select sync_id, false, identifier from quarantined_record"
                        + " where sync_id = :sync and identifier in (:identifiers)"
                        + " on conflict (sync_id, everything, md5(identifier)) do update set first_run = null")
                .setParameter("sync", syncId)
                .setParameter("identifiers", identifiers)
                .executeUpdate();
        long released = entities.createNativeQuery(
                        "delete from quarantined_record where sync_id = :sync and identifier in (:identifiers)")
                .setParameter("sync", syncId)
                .setParameter("identifiers", identifiers)
                .executeUpdate();
        return Optional.of(released);
    }

    @Override
    @Transactional
    public long releaseAll(long syncId) {
        lock(syncId);
        update("delete from quarantine_release where sync_id = ?1", syncId);
        update("insert into quarantine_release (sync_id, everything, identifier) values (?1, true, '')", syncId);
        return update("delete from quarantined_record where sync_id = ?1", syncId);
    }

    /** A release and the birth of a run come one after the other. */
    private void lock(long syncId) {
        entities.find(SyncEntity.class, syncId, LockModeType.PESSIMISTIC_WRITE);
    }

    @Override
    @Transactional
    public void apply(List<Change> changes) {
        for (Change change : changes) {
            if (change.entry().isPresent()) {
                enter(change.syncId(), change.entry().get());
            } else {
                query(
                                "delete from quarantined_record where sync_id = ?1 and md5(identifier) = md5(?2)",
                                change.syncId())
                        .setParameter(2, storable(change.identifier()))
                        .executeUpdate();
            }
        }
    }

    private void enter(long syncId, Entry entry) {
        query(ENTER, syncId)
                .setParameter(2, storable(entry.identifier()))
                .setParameter(3, entry.operation())
                .setParameter(4, entry.failures())
                .setParameter(5, entry.lastFailedRun())
                .setParameter(6, entry.reason().map(StoredQuarantine::storable).orElse(null))
                .setParameter(7, entry.failingSince())
                .setParameter(8, clock.instant())
                .executeUpdate();
    }

    /** PostgreSQL's text cannot hold U+0000; such a record can only be released with all others. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    /** The releases that a new run's plan carries. Joins the caller's transaction, which holds the sync's row. */
    List<SyncRuns.Release> carriedBy(long runId, long syncId) {
        query("update quarantine_release set first_run = ?2 where sync_id = ?1 and first_run is null", syncId)
                .setParameter(2, runId)
                .executeUpdate();
        List<Tuple> rows = entities.createNativeQuery(
                        "select first_run, everything, identifier from quarantine_release where sync_id = ?1",
                        Tuple.class)
                .setParameter(1, syncId)
                .getResultList();
        Map<Long, List<String>> some = new TreeMap<>();
        List<SyncRuns.Release> releases = new ArrayList<>();
        for (Tuple row : rows) {
            long firstRun = row.get("first_run", Long.class);
            if (row.get("everything", Boolean.class)) {
                releases.add(new SyncRuns.Release(firstRun, ReleasedRecords.all()));
            } else {
                some.computeIfAbsent(firstRun, run -> new ArrayList<>()).add(row.get("identifier", String.class));
            }
        }
        some.forEach((firstRun, identifiers) ->
                releases.add(new SyncRuns.Release(firstRun, ReleasedRecords.of(identifiers))));
        return releases;
    }

    /** A run has ended in every partition: the differ has heard what its plan carried. Joins the caller's transaction. */
    void heardIn(long runId, long syncId) {
        query("delete from quarantine_release where sync_id = ?1 and first_run <= ?2", syncId)
                .setParameter(2, runId)
                .executeUpdate();
    }

    /** The differ has lost its state: nobody will take these off the list. Joins the caller's transaction. */
    void lostBefore(long runId, long syncId) {
        query("delete from quarantined_record where sync_id = ?1 and last_failed_run < ?2", syncId)
                .setParameter(2, runId)
                .executeUpdate();
    }

    private Query query(String sql, long syncId) {
        return entities.createNativeQuery(sql).setParameter(1, syncId);
    }

    private long update(String sql, long syncId) {
        return query(sql, syncId).executeUpdate();
    }

    private long number(String sql, long syncId) {
        return ((Number) query(sql, syncId).getSingleResult()).longValue();
    }
}
