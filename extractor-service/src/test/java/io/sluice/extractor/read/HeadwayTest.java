package io.sluice.extractor.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class HeadwayTest {
    private final Headway headway = new Headway();

    @Test
    @DisplayName("What is sent is ahead until the differ's place is behind its offset, in its own partition")
    void aheadUntilTaken() {
        // Given
        send(0, 10, 100);
        send(0, 11, 50);
        send(1, 3, 7);

        // When
        headway.taken(Map.of(0, 11L));

        // Then the message at offset 11 is the next one to be taken, and partition 1 was not named at all
        assertThat(headway.ahead()).isEqualTo(57);
        headway.taken(Map.of(0, 12L, 1, 9L));
        assertThat(headway.ahead()).isZero();
    }

    @Test
    @DisplayName("A message that is on its way counts before the log has taken it")
    void onItsWay() {
        headway.sent(5);

        headway.taken(Map.of(0, 100L));

        assertThat(headway.ahead()).isEqualTo(5);
    }

    @Test
    @DisplayName("Ten marks of unchanged rows are as much work as one whole row")
    void marksAreCheap() {
        assertThat(Headway.work(3, 0)).isEqualTo(3);
        assertThat(Headway.work(0, 2_000)).isEqualTo(200);
        assertThat(Headway.work(1, 1)).isEqualTo(2);
    }

    private void send(int partition, long offset, long work) {
        headway.sent(work);
        headway.stored(partition, offset, work);
    }
}
