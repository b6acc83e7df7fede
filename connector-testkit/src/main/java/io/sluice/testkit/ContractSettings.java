package io.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connector.Connector;
import io.sluice.connector.settings.ConnectionSettings;
import io.sluice.connector.settings.SettingsForm;
import java.util.Map;

/** Reads raw settings as the control plane does. */
public final class ContractSettings {
    private ContractSettings() {}

    /** Validates {@code raw} with the connector's own form; a problem fails the test. */
    public static ConnectionSettings read(Connector connector, Map<String, Object> raw) {
        SettingsForm.Reading reading = connector.descriptor().settings().read(raw);
        assertThat(reading)
                .as("the fixture's settings pass the connector's own form")
                .isInstanceOf(SettingsForm.Valid.class);
        return ((SettingsForm.Valid) reading).settings();
    }
}
