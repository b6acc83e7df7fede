package io.sluice.extractor.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testsupport.Eventually;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DifferPaceTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicLong place = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger runs = new AtomicInteger(1);
    private final Headway reading = new Headway();

    @Test
    @DisplayName("A reading that is too far ahead goes on when the differ has taken enough of it")
    void waitsForTheDiffer() throws Exception {
        // Given
        DifferPace pace = pace(100, LONG);
        send(0, 80);
        send(1, 80);

        // When
        Thread waiting = Thread.ofVirtual().start(() -> pace.keep(reading, () -> true));
        eventually(() -> asked.get() > 1);
        assertThat(waiting.isAlive()).isTrue();
        place.set(1);

        // Then
        waiting.join(PATIENCE);
        assertThat(waiting.isAlive()).isFalse();
        assertThat(reading.ahead()).isEqualTo(80);
    }

    @Test
    @DisplayName("Within its share nobody asks the differ; with others being read the share is smaller, but never gone")
    void sharesTheAllowance() {
        DifferPace pace = pace(80, LONG);
        send(0, 10);
        runs.set(50);

        pace.keep(reading, () -> true);

        assertThat(asked).hasValue(0);
    }

    @Test
    @DisplayName("A run that is no longer wanted stops waiting")
    void cancelEndsTheWait() throws Exception {
        DifferPace pace = pace(100, LONG);
        AtomicBoolean wanted = new AtomicBoolean(true);
        send(0, 200);

        Thread waiting = Thread.ofVirtual().start(() -> pace.keep(reading, wanted::get));
        eventually(() -> asked.get() > 0);
        wanted.set(false);

        waiting.join(PATIENCE);
        assertThat(waiting.isAlive()).isFalse();
    }

    @Test
    @DisplayName("A differ that stands still is not waited for, and is again when it moves")
    void standstill() {
        // Given
        DifferPace pace = pace(100, Duration.ofMillis(1));
        send(0, 200);

        // When
        pace.keep(reading, () -> true);

        // Then the log takes what comes, without another wait
        assertThat(reading.ahead()).isEqualTo(200);
        place.set(1);
        eventually(() -> {
            pace.keep(reading, () -> true);
            return reading.ahead() == 0;
        });
    }

    @Test
    @DisplayName("An allowance of 0 holds nothing back")
    void switchedOff() {
        send(0, 1_000_000);

        pace(0, LONG).keep(reading, () -> true);

        assertThat(asked).hasValue(0);
    }

    private DifferPace pace(long allowance, Duration standstill) {
        return new DifferPace(
                () -> {
                    asked.incrementAndGet();
                    return Optional.of(Map.of(0, place.get()));
                },
                allowance,
                runs::get,
                standstill);
    }

    private void send(long offset, long work) {
        reading.sent(work);
        reading.stored(0, offset, work);
    }

    private static void eventually(BooleanSupplier condition) {
        Eventually.eventually(
                PATIENCE, () -> assertThat(condition.getAsBoolean()).isTrue());
    }
}
