package io.sluice.control.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class RunLedgerProperties {
    private static final Set<PartitionEnd.Stage> STAGES = EnumSet.allOf(PartitionEnd.Stage.class);

    @Property
    void anyOrderWithAnyRepetitionsGivesTheSumOfThePartitionsAndTheIdentitiesHold(
            @ForAll("partitions") List<RunCounts> partitions, @ForAll Random random) {
        List<PartitionEnd> reports = new ArrayList<>();
        for (int i = 0; i < partitions.size(); i++) {
            for (PartitionEnd.Stage stage : PartitionEnd.Stage.values()) {
                PartitionEnd report = end(stage, i, PartitionEnd.How.COMPLETED, partitions.get(i));
                reports.addAll(Collections.nCopies(1 + random.nextInt(3), report));
            }
        }
        Collections.shuffle(reports, random);
        RunLedger ledger = new RunLedger(partitions.size(), STAGES);
        int news = 0;
        for (PartitionEnd report : reports) {
            boolean over = ledger.verdict().isPresent();
            boolean isNews = ledger.add(report);
            news += isNews ? 1 : 0;
            assertThat(over && isNews)
                    .as("nothing is news once the run is over")
                    .isFalse();
        }
        RunCounts sum = partitions.stream().reduce(RunCounts.NONE, RunCounts::plus);

        assertThat(news).isEqualTo(STAGES.size() * partitions.size());
        assertThat(ledger.verdict()).contains(new RunVerdict.Complete(sum));
        assertThat(sum.recordsProcessed()).isEqualTo(sum.sourceRecordUpdates() + sum.sourceRecordDeletes());
        assertThat(sum.recordsProcessed()).isEqualTo(sum.recordsUpdated() + sum.recordsFailed());
    }

    @Property
    void aRunIsNotOverWhileOneReportIsMissing(
            @ForAll @IntRange(min = 1, max = 8) int partitions,
            @ForAll @IntRange(max = 7) int missing,
            @ForAll PartitionEnd.Stage stage) {
        RunLedger ledger = new RunLedger(partitions, STAGES);
        for (int i = 0; i < partitions; i++) {
            for (PartitionEnd.Stage each : PartitionEnd.Stage.values()) {
                if (i != missing % partitions || each != stage) {
                    ledger.add(end(each, i, PartitionEnd.How.COMPLETED, RunCounts.NONE));
                }
            }
        }

        assertThat(ledger.verdict()).isEmpty();
    }

    @Property
    void oneFailureAmongCancelsIsAFailureWithItsError(@ForAll @IntRange(min = 1, max = 8) int partitions) {
        RunLedger ledger = new RunLedger(partitions, STAGES);
        RunError error = new RunError("HOST_UNREACHABLE", "no route");
        for (int i = 0; i < partitions; i++) {
            boolean failed = i == partitions - 1;
            PartitionEnd.How how = failed ? PartitionEnd.How.FAILED : PartitionEnd.How.CANCELED;
            Optional<RunError> why = failed ? Optional.of(error) : Optional.of(new RunError("RUN_CANCELED", "user"));
            for (PartitionEnd.Stage stage : PartitionEnd.Stage.values()) {
                ledger.add(new PartitionEnd(stage, i, how, RunCounts.NONE, why));
            }
        }

        assertThat(ledger.verdict()).contains(new RunVerdict.Failure(RunCounts.NONE, error));
    }

    @Example
    void aCancelInOnePartitionStopsTheRunAndKeepsWhatWasCounted() {
        RunLedger ledger = new RunLedger(2, STAGES);
        RunCounts done = new RunCounts(10, 5, 5, 0, 0, 5, 0, 0, 0, 0);
        RunCounts left = new RunCounts(10, 5, 5, 0, 0, 2, 0, 0, 0, 3);
        RunError why = new RunError("RUN_CANCELED", "Canceled via API");
        for (PartitionEnd.Stage stage : PartitionEnd.Stage.values()) {
            ledger.add(end(stage, 0, PartitionEnd.How.COMPLETED, done));
            ledger.add(new PartitionEnd(stage, 1, PartitionEnd.How.CANCELED, left, Optional.of(why)));
        }

        assertThat(ledger.verdict()).contains(new RunVerdict.Stopped(done.plus(left), why));
    }

    @Example
    void aCompletedRunThatLeftSomethingUntriedIsAFailureOfOurs() {
        RunLedger ledger = new RunLedger(1, STAGES);
        RunCounts counts = new RunCounts(10, 0, 10, 0, 0, 9, 0, 0, 0, 0);
        for (PartitionEnd.Stage stage : PartitionEnd.Stage.values()) {
            ledger.add(end(stage, 0, PartitionEnd.How.COMPLETED, counts));
        }

        assertThat(ledger.verdict()).hasValueSatisfying(verdict -> {
            assertThat(verdict).isInstanceOf(RunVerdict.Failure.class);
            assertThat(((RunVerdict.Failure) verdict).error().code()).isEqualTo("COUNTS_DISAGREE");
        });
    }

    @Example
    void stagesThatCountedDifferentlyAreAFailureOfOurs() {
        RunLedger ledger = new RunLedger(1, EnumSet.of(PartitionEnd.Stage.DIFF, PartitionEnd.Stage.TRACK));
        ledger.add(end(
                PartitionEnd.Stage.DIFF, 0, PartitionEnd.How.COMPLETED, new RunCounts(2, 0, 2, 0, 0, 2, 0, 0, 0, 0)));
        ledger.add(end(
                PartitionEnd.Stage.TRACK, 0, PartitionEnd.How.COMPLETED, new RunCounts(2, 0, 2, 0, 0, 1, 1, 0, 0, 0)));

        assertThat(ledger.verdict()).hasValueSatisfying(verdict -> assertThat(
                        ((RunVerdict.Failure) verdict).error().code())
                .isEqualTo("COUNTS_DISAGREE"));
    }

    @Example
    void aPartitionTheRunDoesNotHaveIsNoNews() {
        RunLedger ledger = new RunLedger(2, STAGES);

        assertThat(ledger.add(end(PartitionEnd.Stage.DIFF, 2, PartitionEnd.How.COMPLETED, RunCounts.NONE)))
                .isFalse();
        assertThat(ledger.add(end(PartitionEnd.Stage.DIFF, -1, PartitionEnd.How.COMPLETED, RunCounts.NONE)))
                .isFalse();
        assertThat(ledger.isEmpty()).isTrue();
    }

    @Provide
    Arbitrary<List<RunCounts>> partitions() {
        Arbitrary<Long> few = Arbitraries.longs().between(0, 1_000_000);
        return Combinators.combine(few, few, few, few, few, few)
                .as((unchanged, succeeded, failed, deleted, undeleted, invalid) -> new RunCounts(
                        unchanged + succeeded + failed + invalid,
                        unchanged,
                        succeeded + failed,
                        deleted + undeleted,
                        invalid,
                        succeeded,
                        failed,
                        deleted,
                        undeleted,
                        0))
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    private static PartitionEnd end(PartitionEnd.Stage stage, int partition, PartitionEnd.How how, RunCounts counts) {
        return new PartitionEnd(stage, partition, how, counts, Optional.empty());
    }
}
