package io.sluice.control.run;

import io.sluice.control.error.ErrorCode;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Adds up the reports of one run. Reports may come in any order and more than once; the first of a stage and partition
 * counts. A run is over when each of its stages has reported every partition. Not thread-safe.
 */
public final class RunLedger {
    private final int partitions;
    private final Map<PartitionEnd.Stage, Map<Integer, PartitionEnd>> ends = new EnumMap<>(PartitionEnd.Stage.class);

    /** An empty ledger of a run over that many partitions, which ends with these stages' word. */
    public RunLedger(int partitions, Set<PartitionEnd.Stage> stages) {
        if (partitions < 1) {
            throw new IllegalArgumentException("a run has at least one partition, not " + partitions);
        }
        this.partitions = partitions;
        for (PartitionEnd.Stage stage : stages) {
            ends.put(stage, new TreeMap<>());
        }
    }

    /** A ledger with these reports in it. */
    public static RunLedger of(int partitions, Set<PartitionEnd.Stage> stages, Collection<PartitionEnd> reports) {
        RunLedger ledger = new RunLedger(partitions, stages);
        reports.forEach(ledger::add);
        return ledger;
    }

    /**
     * Takes one report.
     *
     * @return whether it was news; a repeated one, and one of a partition or stage the run does not have, is not
     */
    public boolean add(PartitionEnd end) {
        return end.partition() >= 0
                && end.partition() < partitions
                && ends.containsKey(end.stage())
                && ends.get(end.stage()).putIfAbsent(end.partition(), end) == null;
    }

    /** What is counted so far: of each partition the tracking's word, else the differ's. */
    public RunCounts counts() {
        Map<Integer, PartitionEnd> known = new TreeMap<>(ends.get(PartitionEnd.Stage.DIFF));
        known.putAll(ends.getOrDefault(PartitionEnd.Stage.TRACK, Map.of()));
        return sum(known.values());
    }

    /**
     * The source's maximum of the growing column. Partitions that were closed by different readings of the source differ;
     * then there is none, and the next run begins where this one did.
     */
    public Optional<String> highWaterMark() {
        Set<Optional<String>> marks = ends.get(PartitionEnd.Stage.DIFF).values().stream()
                .map(end -> end.found().highWaterMark())
                .collect(Collectors.toSet());
        return marks.size() == 1 ? marks.iterator().next() : Optional.empty();
    }

    /** Whether the state was lost in any partition. */
    public boolean stateLost() {
        return ends.get(PartitionEnd.Stage.DIFF).values().stream()
                .anyMatch(end -> end.found().stateLost());
    }

    /** Operations for records that were not synced before. */
    public long added() {
        return found(PartitionEnd.Found::added);
    }

    /** Operations that were left out because their record is in quarantine. */
    public long quarantined() {
        return found(PartitionEnd.Found::quarantined);
    }

    private long found(ToLongFunction<PartitionEnd.Found> what) {
        return ends.get(PartitionEnd.Stage.DIFF).values().stream()
                .mapToLong(end -> what.applyAsLong(end.found()))
                .sum();
    }

    /** Whether any partition has ended. */
    public boolean isEmpty() {
        return ends.values().stream().allMatch(Map::isEmpty);
    }

    /** How the run ended; empty while a stage has not ended in some partition. */
    public Optional<RunVerdict> verdict() {
        if (ends.values().stream().anyMatch(stage -> stage.size() < partitions)) {
            return Optional.empty();
        }
        RunCounts counts = counts();
        Optional<RunError> failure = first(PartitionEnd.How.FAILED, ErrorCode.RUN_FAILED);
        if (failure.isPresent()) {
            return failure.map(error -> new RunVerdict.Failure(counts, error));
        }
        Optional<RunError> stop = first(PartitionEnd.How.CANCELED, ErrorCode.RUN_CANCELED);
        if (stop.isPresent()) {
            return stop.map(error -> new RunVerdict.Stopped(counts, error));
        }
        return Optional.of(contradiction(counts)
                .<RunVerdict>map(error -> new RunVerdict.Failure(counts, error))
                .orElseGet(() -> new RunVerdict.Complete(counts)));
    }

    /** The error of the lowest partition that ended this way; stages repeat each other's error. */
    private Optional<RunError> first(PartitionEnd.How how, ErrorCode otherwise) {
        return ends.values().stream()
                .flatMap(stage -> stage.values().stream())
                .filter(end -> end.how() == how)
                .min(Comparator.comparing((PartitionEnd end) -> end.error().isEmpty())
                        .thenComparing(PartitionEnd::partition)
                        .thenComparing(PartitionEnd::stage))
                .map(end -> end.error().orElseGet(() -> new RunError(otherwise.name(), otherwise.remedy())));
    }

    private Optional<RunError> contradiction(RunCounts counts) {
        if (!ends.containsKey(PartitionEnd.Stage.TRACK)) {
            return Optional.empty();
        }
        RunCounts differ = sum(ends.get(PartitionEnd.Stage.DIFF).values());
        if (!differ.equals(counts)) {
            return disagreement(
                    "differ and tracking counted differently: " + summary(differ) + " against " + summary(counts));
        }
        return counts.allAttempted()
                ? Optional.empty()
                : disagreement("not everything that was planned was tried: " + summary(counts));
    }

    private static Optional<RunError> disagreement(String what) {
        return Optional.of(
                new RunError(ErrorCode.COUNTS_DISAGREE.name(), what + ". " + ErrorCode.COUNTS_DISAGREE.remedy()));
    }

    private static String summary(RunCounts counts) {
        Function<Long, String> text = String::valueOf;
        return text.apply(counts.plannedUpdates()) + "+" + counts.plannedDeletes() + " planned, "
                + counts.sourceRecordUpdates() + "+" + counts.sourceRecordDeletes() + " tried, " + counts.notAttempted()
                + " left";
    }

    private static RunCounts sum(Collection<PartitionEnd> reports) {
        return reports.stream().map(PartitionEnd::counts).reduce(RunCounts.NONE, RunCounts::plus);
    }
}
