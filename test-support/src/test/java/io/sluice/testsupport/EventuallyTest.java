package io.sluice.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class EventuallyTest {
    @Test
    void repeatsUntilTheAssertionHolds() {
        AtomicInteger asked = new AtomicInteger();
        Eventually.eventually(Duration.ofSeconds(10), () -> assertThat(asked.incrementAndGet())
                .isGreaterThan(3));
        assertThat(asked).hasValue(4);
    }

    @Test
    void tellsTheLastFailureWhenTheTimeIsOver() {
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(() -> Eventually.eventually(Duration.ofMillis(30), () -> {
                    throw new AssertionError("failure " + asked.incrementAndGet());
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Still so after 30 ms")
                .hasMessageContaining("failure " + asked.get());
    }

    @Test
    void anotherExceptionIsNoNotYet() {
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(() -> Eventually.eventually(Duration.ofSeconds(10), () -> {
                    asked.incrementAndGet();
                    throw new IOException("gone");
                }))
                .hasRootCauseInstanceOf(IOException.class);
        assertThat(asked).hasValue(1);
    }

    @Test
    void awaitReturnsTheFirstAnswer() {
        AtomicInteger asked = new AtomicInteger();
        String answer = Eventually.await(
                "word",
                Duration.ofSeconds(10),
                () -> asked.incrementAndGet() < 3 ? Optional.empty() : Optional.of("yes"));
        assertThat(answer).isEqualTo("yes");
    }
}
