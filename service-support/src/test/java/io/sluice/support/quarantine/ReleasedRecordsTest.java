package io.sluice.support.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReleasedRecordsTest {

    @Test
    @DisplayName("Released records travel as eight bytes each, without a letter of their identifiers")
    void someRecords() {
        ReleasedRecords some = ReleasedRecords.of(List.of("ann@example.com", "7", "7"));

        assertThat(some.toBytes().remaining()).isEqualTo(16);
        ReleasedRecords read = ReleasedRecords.read(some.toBytes());
        assertThat(read.contains("ann@example.com")).isTrue();
        assertThat(read.contains("7")).isTrue();
        assertThat(read.contains("8")).isFalse();
    }

    @Test
    @DisplayName("A release of all holds every record and has no bytes; one of none is refused")
    void allRecords() {
        ReleasedRecords all = ReleasedRecords.read(ReleasedRecords.all().toBytes());

        assertThat(all.contains("whatever")).isTrue();
        assertThat(ReleasedRecords.all().toBytes().hasRemaining()).isFalse();
        assertThatThrownBy(() -> ReleasedRecords.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
