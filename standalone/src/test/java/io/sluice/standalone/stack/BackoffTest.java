package io.sluice.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class BackoffTest {
    @Test
    void growsToHalfAMinuteAndStartsAnewAfterASteadyLife() {
        Backoff backoff = new Backoff();
        assertThat(Stream.generate(() -> backoff.after(Duration.ofSeconds(2)).toSeconds())
                        .limit(7))
                .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
        assertThat(backoff.after(Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(1));
    }
}
