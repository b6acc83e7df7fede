package io.sluice.loader.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class CallPacerTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void withoutALimitEverybodyMayGo() {
        CallPacer pacer = new CallPacer(OptionalDouble.empty(), 0);
        for (int i = 0; i < 1_000; i++) {
            assertThat(pacer.tryAcquire(0)).isZero();
        }
    }

    @Test
    void keepsTheLimitInEverySecond() {
        CallPacer pacer = new CallPacer(OptionalDouble.of(50), 0);
        assertThat(callsWithin(pacer, 10 * SECOND)).isBetween(499, 506);
    }

    @Test
    void aReplicaWithHalfOfThePartitionsTakesHalfOfTheLimit() {
        CallPacer pacer = new CallPacer(OptionalDouble.of(50), 0);
        pacer.share(0.5);
        assertThat(callsWithin(pacer, 10 * SECOND)).isBetween(249, 254);
    }

    @Test
    void theConnectionsLimitAndTheOperatorsBothHold() {
        CallPacer pacer = new CallPacer(OptionalDouble.of(50), 0);
        pacer.limit(OptionalDouble.of(10));
        assertThat(callsWithin(pacer, 10 * SECOND)).isBetween(99, 102);

        CallPacer operators = new CallPacer(OptionalDouble.of(10), 0);
        operators.limit(OptionalDouble.of(50));
        operators.limit(OptionalDouble.empty());
        assertThat(callsWithin(operators, 10 * SECOND)).isBetween(99, 102);

        CallPacer lifted = new CallPacer(OptionalDouble.empty(), 0);
        lifted.limit(OptionalDouble.of(1));
        assertThat(lifted.tryAcquire(0)).isZero();
        assertThat(lifted.tryAcquire(0)).isPositive();
        lifted.limit(OptionalDouble.empty());
        assertThat(lifted.tryAcquire(0)).isZero();
    }

    @Test
    void aHoldKeepsEverybodyBackAndAShorterOneDoesNotEndIt() {
        CallPacer pacer = new CallPacer(OptionalDouble.empty(), 0);
        pacer.hold(0, Duration.ofSeconds(3));
        pacer.hold(0, Duration.ofSeconds(1));
        assertThat(pacer.tryAcquire(SECOND)).isEqualTo(2 * SECOND);
        assertThat(pacer.tryAcquire(3 * SECOND)).isZero();
    }

    @Test
    void aLimitOfZeroIsRefused() {
        assertThatThrownBy(() -> new CallPacer(OptionalDouble.of(0), 0)).hasMessageContaining("above 0");
    }

    private static int callsWithin(CallPacer pacer, long until) {
        int calls = 0;
        long now = 0;
        while (now <= until) {
            long wait = pacer.tryAcquire(now);
            if (wait == 0) {
                calls++;
            }
            now += wait;
        }
        return calls;
    }
}
