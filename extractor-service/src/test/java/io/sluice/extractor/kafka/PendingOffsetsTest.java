package io.sluice.extractor.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PendingOffsetsTest {

    @Test
    @DisplayName("An offset is committed only when every command before it is done")
    void commitsTheContiguousPart() {
        // Given
        PendingOffsets offsets = new PendingOffsets();
        offsets.begin(10);
        offsets.begin(11);
        offsets.begin(14);

        // When, then
        assertThat(offsets.end(11)).isEqualTo(OptionalLong.empty());
        assertThat(offsets.end(10)).isEqualTo(OptionalLong.of(12));
        assertThat(offsets.end(14)).isEqualTo(OptionalLong.of(15));
    }
}
