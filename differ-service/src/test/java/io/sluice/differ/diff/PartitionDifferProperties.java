package io.sluice.differ.diff;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.Outcome;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.PlannedOperation;
import io.sluice.differ.diff.SimulatedPartition.Row;
import io.sluice.operation.SyncBehavior;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Histories of a sync against a small oracle: source edits, removals, duplicated and null identifiers, rejections, full
 * syncs, outcomes arriving at any moment, extractors killed in mid-read, the differ restarted at any moment.
 */
class PartitionDifferProperties {

    @Property(tries = 1_000)
    @Label("ENG-3/4/18, BEH-12, KEY-6/9, AC-22: any history gives the oracle's destination, counters and tracking rows")
    void anyHistoryMatchesTheOracle(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int runs, @ForAll boolean mirror) {
        Random random = new Random(seed);
        SimulatedPartition partition = new SimulatedPartition();
        Map<String, String> accepted = new HashMap<>();
        List<Row> source = new ArrayList<>();
        SyncBehavior behavior = mirror ? SyncBehavior.MIRROR : SyncBehavior.UPSERT;
        for (int run = 0; run < runs; run++) {
            edit(source, random);
            Set<String> refused = refusals(random);
            boolean full = random.nextInt(5) == 0;

            playRun(partition, source, behavior, full, refused, random);

            Expected expected = oracle(accepted, source, behavior, full, refused);
            assertThat(partition.destination).isEqualTo(accepted);
            assertThat(trackedRows(partition.tracked)).containsExactlyInAnyOrderElementsOf(expected.tracked);
            assertThat(partition.counts.getSourceRecords()).isEqualTo(source.size());
            assertThat(partition.counts.getInvalid()).isEqualTo(expected.invalid);
            assertThat(partition.counts.getPlannedUpdates()).isEqualTo(expected.updates);
            assertThat(partition.counts.getPlannedDeletes()).isEqualTo(expected.deletes);
            assertThat(partition.absorbed).isNotNull();
            // counters and this run's progress: marks and logs of a run do not outlive it
            assertThat(partition.runEntries()).isEqualTo(2);
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

    private static Set<String> refusals(Random random) {
        Set<String> refused = new TreeSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            refused.add("id" + random.nextInt(20));
        }
        return refused;
    }

    private static void playRun(
            SimulatedPartition partition,
            List<Row> source,
            SyncBehavior behavior,
            boolean full,
            Set<String> refused,
            Random random) {
        partition.beginRun(behavior, full, refused);
        Set<String> duplicates = duplicates(source);
        int attempts = 1 + random.nextInt(3);
        for (int attempt = 1; attempt <= attempts; attempt++) {
            partition.beginAttempt("run" + partition.runId + "-attempt" + attempt);
            List<Row> order = new ArrayList<>(source);
            Collections.shuffle(order, random);
            boolean killed = attempt < attempts;
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
        partition.endExtract(source.size());
        // what a killed extractor left in the log arrives late, and a zombie opens an attempt after the end
        partition.beginAttempt("run" + partition.runId + "-zombie");
        partition.rows(source, duplicates);
        if (random.nextBoolean()) {
            partition.restartDiffer();
        }
        partition.endRun();
    }

    private static Set<String> duplicates(List<Row> source) {
        return source.stream()
                .filter(row -> row.identifier() != null)
                .collect(Collectors.groupingBy(Row::identifier, Collectors.counting()))
                .entrySet()
                .stream()
                .filter(count -> count.getValue() > 1)
                .map(Map.Entry::getKey)
                .collect(toSet());
    }

    private static final class Expected {
        private final List<String> tracked = new ArrayList<>();
        private int updates;
        private int deletes;
        private int invalid;
    }

    /** What should happen, said as plainly as possible; moves {@code accepted} forward. */
    private static Expected oracle(
            Map<String, String> accepted, List<Row> source, SyncBehavior behavior, boolean full, Set<String> refused) {
        Expected expected = new Expected();
        Set<String> duplicates = duplicates(source);
        Set<String> present =
                source.stream().map(row -> String.valueOf(row.identifier())).collect(toSet());
        Map<String, String> before = Map.copyOf(accepted);
        for (Row row : source) {
            String payload = SimulatedPartition.payload(row);
            if (row.identifier() == null || duplicates.contains(row.identifier())) {
                expected.invalid++;
                expected.tracked.add(
                        (row.identifier() == null ? "NULL_IDENTIFIER " : "DUPLICATE_IDENTIFIER ") + payload);
            } else if (full || !payload.equals(before.get(row.identifier()))) {
                expected.updates++;
                boolean ok = !refused.contains(row.identifier());
                expected.tracked.add((ok ? "SUCCEEDED " : "REJECTED ") + payload);
                if (ok) {
                    accepted.put(row.identifier(), payload);
                }
            }
        }
        if (behavior == SyncBehavior.MIRROR) {
            for (String identifier : before.keySet()) {
                if (!present.contains(identifier)) {
                    expected.deletes++;
                    boolean ok = !refused.contains(identifier);
                    expected.tracked.add((ok ? "SUCCEEDED " : "REJECTED ") + "delete " + identifier);
                    if (ok) {
                        accepted.remove(identifier);
                    }
                }
            }
        }
        return expected;
    }

    private static List<String> trackedRows(List<Outcome> tracked) {
        Function<Outcome, String> what = outcome -> outcome.getKind() == PlannedOperation.DELETE
                ? "delete " + outcome.getIdentifier()
                : new String(
                        outcome.getPayload().array(),
                        outcome.getPayload().position(),
                        outcome.getPayload().remaining(),
                        java.nio.charset.StandardCharsets.UTF_8);
        return tracked.stream()
                .map(outcome -> statusOf(outcome.getStatus()) + " " + what.apply(outcome))
                .toList();
    }

    private static String statusOf(OutcomeStatus status) {
        return status.name();
    }
}
