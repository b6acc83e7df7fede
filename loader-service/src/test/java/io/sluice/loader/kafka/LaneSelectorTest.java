package io.sluice.loader.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LaneSelectorTest {

    @Test
    void selectsAllOrTypesOrIds() {
        assertThat(new LaneSelector(List.of("*")).selects(3, "postgres")).isTrue();
        LaneSelector some = new LaneSelector(List.of(" webhook ", "7"));
        assertThat(some.selects(3, "webhook")).isTrue();
        assertThat(some.selects(7, "postgres")).isTrue();
        assertThat(some.selects(3, "postgres")).isFalse();
    }

    @Test
    void namingNothingIsAMistake() {
        assertThatThrownBy(() -> new LaneSelector(List.of(" "))).hasMessageContaining("sluice.loader.destinations");
    }
}
