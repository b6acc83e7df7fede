package io.sluice.differ.diff;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Outcome;
import io.sluice.contract.QuarantinedRecord;
import io.sluice.differ.diff.SimulatedPartition.Row;
import io.sluice.operation.SyncBehavior;
import io.sluice.support.quarantine.ReleasedRecords;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Histories of a sync of any behavior against a small oracle: source edits, removals and returns, duplicated and null
 * identifiers, rejections, lost answers, full syncs begun and continued, cancels, sources that break in mid-read, outcomes
 * arriving at any moment, extractors killed in mid-read, the differ restarted at any moment, rows sent
 * without their payload rightly or wrongly, records quarantined and released.
 */
class PartitionDifferProperties {

    private enum End {
        COMPLETED,
        /** The source is read to its end, and the loader stops in the middle. */
        CANCELED,
        /** The source breaks in mid-read. */
        BROKEN
    }

    @Property(tries = 3_000)
    @Label("BEH 6.2, ENG-3/4/10/18, KEY-6/9, AC-15/22: any history gives the oracle's destination, counters, tracking")
    void anyHistoryMatchesTheOracle(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 7) int runs, @ForAll SyncBehavior behavior) {
        Random random = new Random(seed);
        SimulatedPartition partition = new SimulatedPartition();
        BehaviorOracle oracle = new BehaviorOracle(behavior);
        foreignRecords(partition, oracle, random);
        List<Row> source = new ArrayList<>();
        long unfinished = 0;
        int mostFailures = random.nextInt(4);
        for (int run = 0; run < runs; run++) {
            edit(source, random);
            answers(partition, oracle, random);
            boolean continues = unfinished > 0 && random.nextBoolean();
            boolean full = continues || random.nextInt(4) == 0;
            End end = End.values()[random.nextInt(8) < 6 ? 0 : 1 + random.nextInt(2)];
            partition.beginRun(behavior, full, continues ? unfinished : 0);
            if (full && !continues) {
                oracle.fullSyncBegins();
            }
            mostFailures = random.nextInt(6) == 0 ? random.nextInt(4) : mostFailures;
            quarantine(partition, oracle.quarantine, mostFailures, random);
            BehaviorOracle.Expected expected = oracle.expect(source, full);

            playRun(partition, source, end, random);

            if (end == End.COMPLETED) {
                oracle.carryOut(expected);
                assertThat(trackedRows(partition.tracked)).containsExactlyInAnyOrderElementsOf(expected.tracked);
                assertThat(partition.counts.getSourceRecords()).isEqualTo(source.size());
                assertThat(partition.counts.getInvalid()).isEqualTo(expected.invalid);
                assertThat(partition.counts.getPlannedUpdates()).isEqualTo(expected.updates);
                assertThat(partition.counts.getPlannedDeletes()).isEqualTo(expected.deletes);
                assertThat(partition.absorbedAs.counts().quarantined()).isEqualTo(expected.quarantined);
            } else {
                oracle.carryOutOnly(expected, partition.tracked, end == End.BROKEN ? partition.met : expected.due);
            }
            if (end != End.BROKEN) {
                oracle.sourceWasRead(source, expected);
                assertThat(failures(partition.quarantined)).isEqualTo(oracle.quarantine.listed());
                assertThat(partition.failingRecords()).isEqualTo(oracle.quarantine.failing());
            }
            unfinished = !full ? 0 : end == End.COMPLETED ? 0 : continues ? unfinished : partition.runId;
            assertThat(partition.destination.records).isEqualTo(oracle.destination.records);
            assertThat(partition.destination.log).containsExactlyInAnyOrderElementsOf(oracle.destination.log);
            assertThat(partition.absorbed).isNotNull();
            // counters and this run's progress: a run's own marks and logs do not outlive it
            assertThat(partition.runEntries()).isEqualTo(2);
        }
    }

    /** What the run's plan says of quarantine: after how many failures, and what was released. */
    private static void quarantine(
            SimulatedPartition partition, QuarantineOracle oracle, int mostFailures, Random random) {
        partition.quarantineAfter(mostFailures);
        oracle.begin(mostFailures);
        Set<String> released = some(random);
        if (random.nextInt(12) == 0) {
            partition.release(new PartitionDiffer.Release(partition.runId, ReleasedRecords.all()));
            oracle.releaseAll();
        } else if (!released.isEmpty()) {
            partition.release(new PartitionDiffer.Release(partition.runId, ReleasedRecords.of(released)));
            oracle.release(released);
        }
    }

    private static Map<String, Integer> failures(Map<String, QuarantinedRecord> listed) {
        return listed.entrySet().stream()
                .collect(toMap(Map.Entry::getKey, entry -> entry.getValue().getFailures()));
    }

    private static void foreignRecords(SimulatedPartition partition, BehaviorOracle oracle, Random random) {
        for (int i = random.nextInt(10); i > 0; i--) {
            String identifier = "id" + random.nextInt(25);
            partition.destination.records.put(identifier, "theirs");
            oracle.destination.records.put(identifier, "theirs");
        }
    }

    private static void edit(List<Row> source, Random random) {
        int edits = random.nextInt(12);
        for (int i = 0; i < edits; i++) {
            String identifier = random.nextInt(8) == 0 ? null : "id" + random.nextInt(20);
            switch (random.nextInt(4)) {
                case 0 -> source.removeIf(row -> identifier != null && identifier.equals(row.identifier()));
                case 1 ->
                    source.replaceAll(row -> identifier != null && identifier.equals(row.identifier())
                            ? new Row(identifier, random.nextInt(3))
                            : row);
                default -> source.add(new Row(identifier, random.nextInt(3)));
            }
        }
        if (random.nextInt(10) == 0) {
            source.clear();
        }
    }

    private static void answers(SimulatedPartition partition, BehaviorOracle oracle, Random random) {
        Set<String> refused = some(random);
        Set<String> lost = some(random);
        partition.destination.refused = refused;
        partition.destination.lost = lost;
        oracle.destination.refused = refused;
        oracle.destination.lost = lost;
    }

    private static Set<String> some(Random random) {
        Set<String> identifiers = new TreeSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            identifiers.add("id" + random.nextInt(20));
        }
        return identifiers;
    }

    private static void playRun(SimulatedPartition partition, List<Row> source, End end, Random random) {
        Set<String> duplicates = BehaviorOracle.duplicates(source);
        int attempts = 1 + random.nextInt(3);
        // whatever the extractor believes to be known, right or wrong
        int belief = random.nextInt(4);
        partition.known(row -> random.nextInt(3) < belief);
        for (int attempt = 1; attempt <= attempts; attempt++) {
            partition.beginAttempt("run" + partition.runId + "-attempt" + attempt);
            List<Row> order = new ArrayList<>(source);
            Collections.shuffle(order, random);
            boolean killed = attempt < attempts || end == End.BROKEN;
            int stopAfter = killed ? random.nextInt(order.size() + 1) : order.size();
            for (int at = 0; at < stopAfter; ) {
                int next = Math.min(stopAfter, at + 1 + random.nextInt(5));
                partition.rows(order.subList(at, next), duplicates);
                at = next;
                if (random.nextBoolean()) {
                    partition.load(random.nextInt(6));
                }
                if (random.nextInt(6) == 0) {
                    partition.restartDiffer();
                }
            }
        }
        if (end == End.BROKEN) {
            partition.failExtract();
        } else {
            partition.endExtract(source.size());
            rereadWhileAsked(partition, source, duplicates, random);
        }
        // what a killed extractor left in the log arrives late, and a zombie opens an attempt after the end
        partition.beginAttempt("run" + partition.runId + "-zombie");
        partition.rows(source, duplicates);
        if (random.nextBoolean()) {
            partition.restartDiffer();
        }
        if (end == End.CANCELED) {
            partition.load(random.nextInt(8));
            partition.cancelRun();
        } else {
            partition.endRun();
        }
    }

    /** Each reading brings what the one before missed; rows come whole once they were asked for, so it ends. */
    private static void rereadWhileAsked(
            SimulatedPartition partition, List<Row> source, Set<String> duplicates, Random random) {
        for (int reread = 1; partition.takeReread(); reread++) {
            assertThat(partition.counts).as("the bracket stays open").isNull();
            partition.load(random.nextInt(6));
            partition.beginAttempt("run" + partition.runId + "-reread" + reread);
            partition.rows(source, duplicates);
            partition.endExtract(source.size());
        }
    }

    private static List<String> trackedRows(List<Outcome> tracked) {
        return tracked.stream()
                .map(outcome -> outcome.getStatus() + " " + SimulatedPartition.text(outcome))
                .toList();
    }
}
