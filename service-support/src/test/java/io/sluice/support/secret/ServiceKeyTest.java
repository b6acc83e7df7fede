package io.sluice.support.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import org.junit.jupiter.api.Test;

class ServiceKeyTest {
    private static final String ONE = key((byte) 1);
    private static final String TWO = key((byte) 2);

    private final ServiceKey service = new ServiceKey(ONE, "tracking");

    @Test
    void servicesWithTheSameKeyKnowEachOther() {
        assertThat(new ServiceKey(ONE, "tracking").accepts(service.authorization()))
                .isTrue();
    }

    @Test
    void anotherKeyAnotherPurposeAndNothingAreRefused() {
        assertThat(service.accepts(new ServiceKey(TWO, "tracking").authorization()))
                .isFalse();
        assertThat(service.accepts(new ServiceKey(ONE, "downloads").authorization()))
                .isFalse();
        assertThat(service.accepts(null)).isFalse();
        assertThat(service.accepts("")).isFalse();
        assertThat(service.accepts("Bearer ")).isFalse();
        assertThat(service.accepts("Basic eDp5")).isFalse();
    }

    @Test
    void whileKeysAreRotatedBothSidesGoOn() {
        ServiceKey rotating = new ServiceKey(TWO + ", " + ONE, "tracking");

        assertThat(rotating.accepts(service.authorization())).isTrue();
        assertThat(rotating.signed("a text", service.sign("a text"))).isTrue();
        assertThat(service.accepts(rotating.authorization())).isFalse();
    }

    @Test
    void aSignatureIsOfOneText() {
        assertThat(service.signed("run 3 until 7", service.sign("run 3 until 7")))
                .isTrue();
        assertThat(service.signed("run 3 until 8", service.sign("run 3 until 7")))
                .isFalse();
        assertThat(service.signed("run 3 until 7", null)).isFalse();
        assertThat(service.sign("x")).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void theTokenIsNotTheKey() {
        assertThat(service.authorization()).doesNotContain(ONE.substring(0, 20));
        assertThatThrownBy(() -> new ServiceKey("short", "tracking")).hasMessageContaining("sluice.secret.key");
    }

    private static String key(byte fill) {
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, fill);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
