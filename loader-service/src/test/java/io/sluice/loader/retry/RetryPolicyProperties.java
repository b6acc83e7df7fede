package io.sluice.loader.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class RetryPolicyProperties {
    private static final RetryPolicy POLICY = RetryPolicy.DEFAULT;

    @Property
    void waitsAtLeastWhatTheDestinationAsksAndAtMostTheCapOtherwise(
            @ForAll @IntRange(min = 0, max = 6) int retries,
            @ForAll @LongRange(min = 0, max = 900_000) long afterMillis,
            @ForAll @DoubleRange(min = 0, max = 0.99) double random) {
        Duration after = Duration.ofMillis(afterMillis);
        assertThat(POLICY.next(retries, after, random)).isInstanceOfSatisfying(RetryPolicy.Again.class, again -> {
            assertThat(again.after()).isGreaterThanOrEqualTo(after);
            Duration cap = after.compareTo(POLICY.maximumDelay()) > 0 ? after : POLICY.maximumDelay();
            assertThat(again.after()).isLessThanOrEqualTo(cap);
        });
    }

    @Property
    void givesUpAfterTheLastRetry(
            @ForAll @IntRange(min = 7, max = 1_000) int retries, @ForAll @DoubleRange(max = 0.99) double random) {
        assertThat(POLICY.next(retries, Duration.ZERO, random)).isEqualTo(new RetryPolicy.GiveUp());
    }

    @Property
    void givesUpWhenTheDestinationAsksForTooMuch(
            @ForAll @IntRange(min = 0, max = 6) int retries,
            @ForAll @LongRange(min = 901, max = 1_000_000) long afterSeconds) {
        assertThat(POLICY.next(retries, Duration.ofSeconds(afterSeconds), 0)).isEqualTo(new RetryPolicy.GiveUp());
    }

    @Property
    void jitterIsFull(@ForAll @IntRange(min = 0, max = 5) int retries, @ForAll @DoubleRange(max = 0.99) double random) {
        Duration bound = POLICY.baseDelay().multipliedBy(1L << retries);
        RetryPolicy.Again again = (RetryPolicy.Again) POLICY.next(retries, Duration.ZERO, random);
        assertThat(again.after().toNanos()).isEqualTo((long) (bound.toNanos() * random));
    }
}
