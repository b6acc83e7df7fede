package io.sluice.support.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SettingsCipherTest {
    private static final String OLD = key(1);
    private static final String NEW = key(2);

    private static String key(int fill) {
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) fill);
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Test
    @DisplayName("SEC-1: settings come back as they were, are unreadable in between, and differ each time")
    void roundTrip() {
        SettingsCipher cipher = new SettingsCipher(NEW);
        Map<String, Object> settings = Map.of("password", "s3cret", "port", 5432);

        byte[] encrypted = cipher.encrypt(settings, "source-4");

        assertThat(cipher.decrypt(encrypted, "source-4")).isEqualTo(settings);
        assertThat(new String(encrypted, StandardCharsets.ISO_8859_1)).doesNotContain("s3cret");
        assertThat(cipher.encrypt(settings, "source-4")).isNotEqualTo(encrypted);
    }

    @Test
    @DisplayName("Settings cannot be moved to another connection")
    void boundToTheConnection() {
        SettingsCipher cipher = new SettingsCipher(NEW);
        byte[] encrypted = cipher.encrypt(Map.of("password", "s3cret"), "source-4");

        assertThatIllegalStateException()
                .isThrownBy(() -> cipher.decrypt(encrypted, "source-5"))
                .withMessageContaining("source-5");
    }

    @Test
    @DisplayName("A rotated key still reads what the old one wrote")
    void rotation() {
        byte[] old = new SettingsCipher(OLD).encrypt(Map.of("a", 1), "source-4");

        assertThat(new SettingsCipher(NEW + "," + OLD).decrypt(old, "source-4")).isEqualTo(Map.of("a", 1));
        assertThatIllegalStateException().isThrownBy(() -> new SettingsCipher(NEW).decrypt(old, "source-4"));
    }

    @Test
    @DisplayName("A bad key is refused at once, and is not repeated in the message")
    void badKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SettingsCipher("c2hvcnQ="))
                .withMessageContaining("32 bytes")
                .withMessageNotContaining("c2hvcnQ=");
    }
}
