package io.sluice.testkit.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testkit.ContractRun;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of sources lets an honest connector through and catches each kind of lie. */
class SourceContractTest {

    /** What the next run of {@link Subject} tests; set and used on the same thread. */
    private static Set<SourceLie> lies;

    /** Not a test by itself: run by {@link ContractRun}. */
    static final class Subject extends SourceConnectorContract {
        @Override
        protected SourceFixture startFixture() {
            return new InMemorySourceFixture(lies);
        }
    }

    @Test
    void passesAnHonestConnector() {
        ContractRun run = run(EnumSet.noneOf(SourceLie.class));
        assertThat(run.failed()).isEmpty();
        assertThat(run.skipped()).isEmpty();
        assertThat(run.passed()).hasSizeGreaterThan(25);
    }

    @ParameterizedTest
    @EnumSource
    void catches(SourceLie lie) {
        lies = EnumSet.of(lie);
        assertThat(ContractRun.of(Subject.class, lie.caughtBy()).failed()).containsExactly(lie.caughtBy());
    }

    private static ContractRun run(Set<SourceLie> told) {
        lies = told;
        return ContractRun.of(Subject.class);
    }
}
