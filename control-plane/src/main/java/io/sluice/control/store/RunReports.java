package io.sluice.control.store;

import io.sluice.control.run.PartitionEnd;
import io.sluice.control.run.RunCounts;
import io.sluice.control.run.RunError;
import io.sluice.control.run.RunLedger;
import io.sluice.control.run.RunProgress;
import io.sluice.control.run.StageReport;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What stages have reported, each report once. Joins the caller's transaction. */
@ApplicationScoped
public class RunReports {
    private final EntityManager entities;

    public RunReports(EntityManager entities) {
        this.entities = entities;
    }

    /** Takes the end of a partition; a repeated one changes nothing. */
    void end(long runId, PartitionEnd end) {
        entities.createNativeQuery("insert into run_partition (run_id, stage, partition, state, counts, error_code,"
                        + " error_message, high_water_mark, state_lost, added_records, quarantined_records)"
                        + " values (?1, ?2, ?3, ?4, cast(?5 as jsonb), ?6, ?7, ?8, ?9, ?10, ?11)"
                        + " on conflict do nothing")
                .setParameter(1, runId)
                .setParameter(2, end.stage().name())
                .setParameter(3, end.partition())
                .setParameter(4, end.how().name())
                .setParameter(5, StoredJson.write(end.counts()))
                .setParameter(6, end.error().map(RunError::code).orElse(null))
                .setParameter(7, end.error().map(RunError::message).orElse(null))
                .setParameter(8, end.found().highWaterMark().orElse(null))
                .setParameter(9, end.found().stateLost())
                .setParameter(10, end.found().added())
                .setParameter(11, end.found().quarantined())
                .executeUpdate();
    }

    /** Takes a stage's total; it never falls. */
    void progress(StageReport.Progress progress) {
        entities.createNativeQuery(
                        "insert into run_progress (run_id, stage, partition, records) values (?1, ?2, ?3, ?4)"
                                + " on conflict (run_id, stage, partition)"
                                + " do update set records = greatest(run_progress.records, excluded.records)")
                .setParameter(1, progress.runId())
                .setParameter(2, progress.stage().name())
                .setParameter(3, progress.partition())
                .setParameter(4, progress.records())
                .executeUpdate();
    }

    /** All ends reported so far. */
    RunLedger ledger(long runId, int partitions, Set<PartitionEnd.Stage> stages) {
        List<Tuple> rows = entities.createNativeQuery(
                        "select stage, partition, state, cast(counts as text) as counts, error_code, error_message,"
                                + " high_water_mark, state_lost, added_records, quarantined_records"
                                + " from run_partition where run_id = ?1",
                        Tuple.class)
                .setParameter(1, runId)
                .getResultList();
        List<PartitionEnd> ends = new ArrayList<>();
        for (Tuple row : rows) {
            Optional<RunError> error = Optional.ofNullable(row.get("error_code", String.class))
                    .map(code -> new RunError(code, row.get("error_message", String.class)));
            ends.add(new PartitionEnd(
                    PartitionEnd.Stage.valueOf(row.get("stage", String.class)),
                    row.get("partition", Integer.class),
                    PartitionEnd.How.valueOf(row.get("state", String.class)),
                    StoredJson.read(row.get("counts", String.class), RunCounts.class),
                    error,
                    new PartitionEnd.Found(
                            Optional.ofNullable(row.get("high_water_mark", String.class)),
                            row.get("state_lost", Boolean.class),
                            row.get("added_records", Long.class),
                            row.get("quarantined_records", Long.class))));
        }
        return RunLedger.of(partitions, stages, ends);
    }

    /** When the first run began whose state its source could not save, unless a later one completed, which made up for it. */
    Optional<Instant> unsavedSince(long syncId) {
        return entities.createNativeQuery(
                        "select r.created_at from sync_run r join run_partition p on p.run_id = r.id"
                                + " where r.sync_id = :sync and p.stage = 'COMMIT' and p.error_code = 'STATE_NOT_SAVED'"
                                + " and r.id > coalesce((select max(c.id) from sync_run c where c.sync_id = :sync"
                                + " and c.state = 'completed' and not c.dry_run), 0) order by r.id limit 1",
                        Instant.class)
                .setParameter("sync", syncId)
                .getResultStream()
                .findFirst()
                .map(Instant.class::cast);
    }

    /** How far the stages of these runs are. */
    Map<Long, RunProgress> progress(Collection<Long> runIds) {
        if (runIds.isEmpty()) {
            return Map.of();
        }
        List<Tuple> rows = entities.createNativeQuery(
                        "select run_id, stage, cast(sum(records) as bigint) as records from run_progress"
                                + " where run_id in (:ids) group by run_id, stage",
                        Tuple.class)
                .setParameter("ids", runIds)
                .getResultList();
        Map<Long, RunProgress> progress = new HashMap<>();
        for (Tuple row : rows) {
            StageReport.Kind stage = StageReport.Kind.valueOf(row.get("stage", String.class));
            long records = row.get("records", Long.class);
            progress.merge(row.get("run_id", Long.class), RunProgress.of(stage, records), RunProgress::plus);
        }
        return progress;
    }
}
