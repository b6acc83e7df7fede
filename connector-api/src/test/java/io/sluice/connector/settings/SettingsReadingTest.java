package io.sluice.connector.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connector.settings.SettingDescriptor.Type;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SettingsReadingTest {
    private static final SettingsForm FORM = SettingsForm.of(
            SettingDescriptor.required("hostname", "Host", Type.STRING, "db.example.com", "Where it runs."),
            SettingDescriptor.optional("port", "Port", Type.PORT, "5432", "Its port.")
                    .withDefault("5432"),
            SettingDescriptor.required("password", "Password", Type.STRING, "", "Its password.")
                    .asSecret(),
            SettingDescriptor.optional("tls", "TLS", Type.BOOLEAN, "", "Whether to encrypt."),
            SettingDescriptor.optional("mode", "Mode", Type.STRING, "", "How.").withChoices("fast", "safe"));

    @Test
    @DisplayName("census-api 3.3: numbers and booleans as text, empty text as absent, unknown keys are all taken")
    void sloppyClientsAreUnderstood() {
        // Given
        Map<String, Object> raw = new HashMap<>(
                Map.of("hostname", "db", "port", "6000", "password", "s3cret", "tls", "true", "unknown", 1));
        raw.put("mode", "");

        // When
        SettingsForm.Reading reading = FORM.read(raw);

        // Then
        assertThat(reading).isInstanceOfSatisfying(SettingsForm.Valid.class, valid -> {
            assertThat(valid.settings().text("hostname")).isEqualTo("db");
            assertThat(valid.settings().integer("port")).isEqualTo(6000);
            assertThat(valid.settings().flag("tls")).isTrue();
            assertThat(valid.settings().secret("password").reveal()).isEqualTo("s3cret");
            assertThat(valid.settings().optionalText("mode")).isEmpty();
        });
    }

    @Test
    @DisplayName("Every problem of a form is reported at once, in form order, without repeating values")
    void allProblemsAtOnce() {
        // When
        SettingsForm.Reading reading =
                FORM.read(Map.of("port", "http", "tls", "perhaps", "mode", "odd-value", "password", ""));

        // Then
        assertThat(reading).isInstanceOfSatisfying(SettingsForm.Invalid.class, invalid -> {
            assertThat(invalid.problems().stream().map(SettingsForm.Problem::setting))
                    .containsExactly("hostname", "port", "password", "tls", "mode");
            assertThat(invalid.toString()).doesNotContain("odd-value");
        });
    }

    @Test
    @DisplayName("SEC-2: a secret never prints, neither alone nor among settings, and is not given back")
    void secretsDoNotPrint() {
        // Given
        SettingsForm.Valid valid = (SettingsForm.Valid) FORM.read(Map.of("hostname", "db", "password", "s3cret"));

        // Then
        assertThat(valid.toString()).doesNotContain("s3cret");
        assertThat(valid.settings().secret("password")).hasToString("***");
        assertThat(valid.settings().publicValues()).containsOnlyKeys("hostname", "port");
    }
}
