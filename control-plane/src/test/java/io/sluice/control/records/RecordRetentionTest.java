package io.sluice.control.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testsupport.TestClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** AC-17: records are there at day 13 and not at day 15, and for ever in a bucket of one's own. */
class RecordRetentionTest {
    private static final Instant RUN = Instant.parse("2026-11-01T08:00:00Z");

    @Test
    void fourteenDaysOnPlatformStorage() {
        TestClock clock = TestClock.at(RUN);

        clock.advance(Duration.ofDays(13));
        assertThat(RecordRetention.isOver(RUN, false, clock.instant())).isFalse();
        clock.advance(Duration.ofDays(1));
        assertThat(RecordRetention.isOver(RUN, false, clock.instant()))
                .as("on the day itself")
                .isFalse();
        clock.advance(Duration.ofDays(1));
        assertThat(RecordRetention.isOver(RUN, false, clock.instant())).isTrue();
    }

    @Test
    void noEndInABucketOfTheCustomers() {
        assertThat(RecordRetention.isOver(RUN, true, RUN.plus(Duration.ofDays(4_000))))
                .isFalse();
    }
}
