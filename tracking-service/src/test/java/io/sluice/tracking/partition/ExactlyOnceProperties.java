package io.sluice.tracking.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.tracking.ledger.CutPolicy;
import io.sluice.tracking.partition.Faults.Fault;
import io.sluice.tracking.row.TrackedRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/**
 * The promise of this service: whatever fails, crashes, stalls or changes owner between any two steps, every row ends in
 * exactly one file, a file never changes, and every end is announced. The oracle is the log itself.
 */
class ExactlyOnceProperties {

    @Property(tries = 3000)
    void everyRowIsInExactlyOneFile(
            @ForAll("logs") SimulatedLog log,
            @ForAll("faults") List<Fault> faults,
            @ForAll("pauses") List<Integer> pauses,
            @ForAll @IntRange(min = 1, max = 12) int maxRows,
            @ForAll @IntRange(min = 1, max = 3) int maxRuns) {
        SimulatedPartition partition = new SimulatedPartition();
        CutPolicy policy = new CutPolicy(maxRows, Long.MAX_VALUE, maxRuns, Duration.ofSeconds(5));

        new Story(log, partition, policy, faults, pauses).tell();

        assertThat(rowsByRun(partition.files())).isEqualTo(expected(log));
        for (long run = 1; run <= log.runs(); run++) {
            assertThat(partition.endsOf(run)).as("ends of run %d", run).isPositive();
            assertThat(partition.metadata()).contains(run);
        }
        assertThat(partition.committed()).isEqualTo(log.entries().getLast().offset() + 1);
    }

    @Property(tries = 300)
    void progressReachesTheRowsOfTheRun(
            @ForAll("orderlyLogs") SimulatedLog log, @ForAll @IntRange(min = 1, max = 12) int maxRows) {
        SimulatedPartition partition = new SimulatedPartition();
        CutPolicy policy = new CutPolicy(maxRows, Long.MAX_VALUE, 3, Duration.ofSeconds(5));

        new Story(log, partition, policy, List.of(), List.of()).tell();

        expected(log)
                .forEach((run, rows) -> assertThat(partition.progressOf(run)).isEqualTo(rows.size()));
    }

    @Provide
    Arbitrary<SimulatedLog> logs() {
        return Arbitraries.of(true, false).flatMap(this::logs);
    }

    @Provide
    Arbitrary<SimulatedLog> orderlyLogs() {
        return logs(false);
    }

    private Arbitrary<SimulatedLog> logs(boolean late) {
        Arbitrary<List<List<Integer>>> batches = Arbitraries.integers()
                .between(0, 7)
                .list()
                .ofMaxSize(8)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
        Arbitrary<List<Integer>> picks =
                Arbitraries.integers().between(0, 11).list().ofMaxSize(40);
        return batches.flatMap(sizes -> picks.map(order -> SimulatedLog.of(sizes, order, late)));
    }

    @Provide
    Arbitrary<List<Fault>> faults() {
        return Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.just(Fault.NONE)), Tuple.of(4, Arbitraries.of(Fault.values())))
                .list()
                .ofMaxSize(60);
    }

    /** Seconds that pass before each message, up to two time cuts; 11 hands the partition over in good order. */
    @Provide
    Arbitrary<List<Integer>> pauses() {
        return Arbitraries.integers().between(0, 11).list().ofMaxSize(30);
    }

    private static Map<Long, Map<String, Integer>> expected(SimulatedLog log) {
        Map<Long, Map<String, Integer>> rows = new HashMap<>();
        log.entries().forEach(entry -> {
            if (entry.message() instanceof OutcomeMessage.RowsDecided decided) {
                count(rows, decided.syncRunId(), decided.rows());
            }
        });
        return rows;
    }

    private static Map<Long, Map<String, Integer>> rowsByRun(Map<SimulatedPartition.FileName, List<TrackedRow>> files) {
        Map<Long, Map<String, Integer>> rows = new HashMap<>();
        files.forEach((name, content) -> {
            assertThat(content).allMatch(row -> row.batchType() == name.type());
            count(rows, name.run(), content);
        });
        return rows;
    }

    private static void count(Map<Long, Map<String, Integer>> into, long run, List<TrackedRow> rows) {
        for (TrackedRow row : rows) {
            into.computeIfAbsent(run, id -> new HashMap<>()).merge(row.identifier(), 1, Integer::sum);
        }
    }

    /** Owners come and go until the log is consumed. */
    private static final class Story {
        private static final int HAND_OVER = 11;

        private final SimulatedLog log;
        private final SimulatedPartition partition;
        private final CutPolicy policy;
        private final Faults faults;
        private final Deque<Integer> pauses;
        private final List<PartitionTracker> stalled = new ArrayList<>();
        private Instant now = Instant.EPOCH;
        private final Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        };

        Story(
                SimulatedLog log,
                SimulatedPartition partition,
                CutPolicy policy,
                List<Fault> faults,
                List<Integer> pauses) {
            this.log = log;
            this.partition = partition;
            this.policy = policy;
            this.faults = new Faults(faults);
            this.pauses = new ArrayDeque<>(pauses);
        }

        void tell() {
            PartitionTracker owner = partition.takeOver(policy, faults, clock);
            while (partition.committed() <= log.entries().getLast().offset()) {
                try {
                    owner = step(owner);
                } catch (Faults.Failure again) {
                    now = now.plusSeconds(1);
                } catch (Faults.Crash gone) {
                    owner = partition.takeOver(policy, faults, clock);
                } catch (Faults.Stall stall) {
                    stalled.add(owner);
                    owner = partition.takeOver(policy, faults, clock);
                }
            }
            stalled.forEach(this::wake);
        }

        private PartitionTracker step(PartitionTracker owner) {
            if (!stalled.isEmpty() && now.getEpochSecond() % 2 == 0) {
                wake(stalled.removeFirst());
            }
            int pause = pauses.isEmpty() ? 0 : pauses.removeFirst();
            if (pause == HAND_OVER) {
                return handOver(owner);
            }
            now = now.plusSeconds(pause);
            int next = log.indexAt(owner.position());
            run(() -> {
                if (next < log.entries().size()) {
                    SimulatedLog.Entry entry = log.entries().get(next);
                    owner.accept(entry.offset(), entry.message());
                } else {
                    now = now.plusSeconds(6);
                    owner.cutIfDue();
                }
            });
            return owner;
        }

        private PartitionTracker handOver(PartitionTracker owner) {
            try {
                run(owner::flush);
            } catch (Faults.Failure dropped) {
                // the rows stay in the log for the next owner
                now = now.plusSeconds(1);
            }
            return partition.takeOver(policy, faults, clock);
        }

        /** A stalled owner does not know that it lost the partition: it finishes what it was doing and takes more rows. */
        private void wake(PartitionTracker zombie) {
            try {
                for (int next = log.indexAt(zombie.position());
                        next < log.entries().size();
                        next++) {
                    SimulatedLog.Entry entry = log.entries().get(next);
                    run(() -> zombie.accept(entry.offset(), entry.message()));
                }
                run(zombie::flush);
            } catch (Faults.Failure | Faults.Crash | Faults.Stall fenced) {
                now = now.plusSeconds(1);
            }
        }

        private static void run(Step step) {
            try {
                step.run();
            } catch (java.io.IOException | RunPlanMissingException impossible) {
                throw new AssertionError(impossible);
            }
        }
    }

    private interface Step {
        void run() throws java.io.IOException, RunPlanMissingException;
    }
}
