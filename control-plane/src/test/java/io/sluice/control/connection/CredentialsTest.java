package io.sluice.control.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connector.settings.SettingsForm;
import io.sluice.control.fake.FakeWarehouse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CredentialsTest {
    private static final SettingsForm FORM = new FakeWarehouse().descriptor().settings();

    @Test
    void keepsOnlyWhatTheConnectorAsksForAndNeverPrints() {
        Credentials credentials =
                Credentials.given(FORM, Map.of("hostname", "db", "password", "hidden", "extra", "dropped"));

        assertThat(credentials.reveal()).containsOnlyKeys("hostname", "password");
        assertThat(credentials.toString()).doesNotContain("hidden");
    }

    @Test
    void aPatchReplacesWhatItNamesAndAnEmptySecretStays() {
        Credentials stored = Credentials.stored(Map.of("hostname", "db", "user", "me", "password", "hidden"));
        Map<String, Object> patch = new HashMap<>();
        patch.put("hostname", "other");
        patch.put("password", "");
        patch.put("user", null);

        assertThat(stored.merge(FORM, patch).reveal()).isEqualTo(Map.of("hostname", "other", "password", "hidden"));
    }
}
