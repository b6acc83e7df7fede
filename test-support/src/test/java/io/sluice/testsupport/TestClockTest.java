package io.sluice.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

final class TestClockTest {
    @Test
    void movesOnlyWhenToldAlsoWhenSeenInAnotherZone() {
        TestClock clock = TestClock.atNoon();
        Clock elsewhere = clock.withZone(ZoneId.of("Asia/Tokyo"));
        assertThat(clock.instant()).isEqualTo(TestClock.NOON).isEqualTo(clock.instant());
        clock.advance(Duration.ofHours(1));
        assertThat(elsewhere.instant()).isEqualTo(TestClock.NOON.plusSeconds(3600));
        assertThat(elsewhere.getZone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
    }
}
