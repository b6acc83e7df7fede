package io.sluice.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.settings.ConnectionSettings;
import io.sluice.connector.settings.SettingsForm;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostgresSettingsTest {
    private static final Map<String, Object> LEAST = Map.of("hostname", "db", "database", "shop", "user", "ro");

    @Test
    void fillsInDefaults() throws Exception {
        PostgresSettings settings = PostgresSettings.from(read(LEAST));

        assertThat(settings.port()).isEqualTo(5432);
        assertThat(settings.sslMode()).isEqualTo(SslMode.PREFER);
        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.password()).isEmpty();
    }

    @Test
    void readsEveryWordTheFormOffers() throws Exception {
        for (SslMode mode : SslMode.values()) {
            PostgresSettings settings = PostgresSettings.from(read(with("ssl_mode", mode.wireName())));
            assertThat(settings.sslMode()).isEqualTo(mode);
        }
    }

    @Test
    void neverPrintsThePassword() throws Exception {
        PostgresSettings settings = PostgresSettings.from(read(with("password", "hunter2")));

        assertThat(settings.toString()).doesNotContain("hunter2");
        assertThat(settings.password().orElseThrow().reveal()).isEqualTo("hunter2");
    }

    @Test
    void refusesAUrlWhereAHostBelongs() throws Exception {
        ConnectionSettings url = read(with("hostname", "postgres://db/shop"));

        assertThatThrownBy(() -> PostgresSettings.from(url))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("SETTINGS_INVALID")
                .hasMessageContaining("hostname");
    }

    @Test
    void admitsAddressesOfBothFamilies() throws Exception {
        assertThat(PostgresSettings.from(read(with("hostname", "127.0.0.1"))).host())
                .isEqualTo("127.0.0.1");
        assertThat(PostgresSettings.from(read(with("hostname", " ::1 "))).host())
                .isEqualTo("::1");
    }

    private static Map<String, Object> with(String id, Object value) {
        Map<String, Object> raw = new HashMap<>(LEAST);
        raw.put(id, value);
        return raw;
    }

    static ConnectionSettings read(Map<String, Object> raw) {
        SettingsForm.Reading reading = PostgresSettings.form().read(raw);
        assertThat(reading).isInstanceOf(SettingsForm.Valid.class);
        return ((SettingsForm.Valid) reading).settings();
    }
}
