package io.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class QuarantineKeyTest {

    @Test
    @DisplayName("A key gives back sync and identifier, whatever the identifier holds; anything else is no key")
    void keys() {
        QuarantineKey key = new QuarantineKey(7, "a:b");

        assertThat(key.text()).isEqualTo("7:a:b");
        assertThat(QuarantineKey.parse(key.text())).contains(key);
        assertThat(QuarantineKey.parse("7:")).contains(new QuarantineKey(7, ""));
        assertThat(QuarantineKey.parse("seven:a")).isEmpty();
        assertThat(QuarantineKey.parse("7")).isEmpty();
        assertThat(QuarantineKey.parse(null)).isEmpty();
    }
}
