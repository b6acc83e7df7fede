package io.sluice.testkit.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testkit.ContractRun;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of destinations lets honest connectors through and catches each kind of lie. */
class DestinationContractTest {

    /** What the next run of {@link Subject} tests; set and used on the same thread. */
    private static Set<DestinationLie> lies;

    private static boolean reportsPerRecord;

    /** Not a test by itself: run by {@link ContractRun}. */
    static final class Subject extends DestinationConnectorContract {
        @Override
        protected DestinationFixture startFixture() {
            return new InMemoryFixture(lies, reportsPerRecord);
        }
    }

    @Test
    void passesAConnectorThatReportsPerRecord() {
        assertPasses(true);
    }

    @Test
    void passesAConnectorThatRefusesWholeBatches() {
        assertPasses(false);
    }

    private static void assertPasses(boolean perRecord) {
        ContractRun run = run(EnumSet.noneOf(DestinationLie.class), perRecord);
        assertThat(run.failed()).isEmpty();
        assertThat(run.skipped()).containsExactly("appendAddsEachRecordOnce");
        assertThat(run.passed()).hasSizeGreaterThan(25);
    }

    @ParameterizedTest
    @EnumSource
    void catches(DestinationLie lie) {
        lies = EnumSet.of(lie);
        reportsPerRecord = lie != DestinationLie.KEEPS_PART_OF_A_REFUSED_BATCH;
        assertThat(ContractRun.of(Subject.class, lie.caughtBy()).failed()).containsExactly(lie.caughtBy());
    }

    private static ContractRun run(Set<DestinationLie> told, boolean perRecord) {
        lies = told;
        reportsPerRecord = perRecord;
        return ContractRun.of(Subject.class);
    }
}
