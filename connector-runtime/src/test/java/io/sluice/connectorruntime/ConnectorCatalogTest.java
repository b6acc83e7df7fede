package io.sluice.connectorruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.connector.ConnectorDescriptor;
import io.sluice.connector.ConnectorError;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.settings.ConnectionSettings;
import io.sluice.connector.settings.SettingDescriptor;
import io.sluice.connector.settings.SettingsForm;
import io.sluice.connector.source.SourceConnection;
import io.sluice.connector.source.SourceConnector;
import io.sluice.operation.StateMode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ConnectorCatalogTest {
    private final ConnectorCatalog catalog = new ConnectorCatalog(List.of(new Refusing()), List.of());

    @Test
    @DisplayName("A type nobody provides is a configuration error that says what to do")
    void unknownType() {
        ConnectorException failure =
                catchThrowableOfType(ConnectorException.class, () -> catalog.openDestination("salesforce", Map.of()));

        assertThat(failure.error().code()).isEqualTo("CONNECTOR_MISSING");
        assertThat(failure.error().fault()).isEqualTo(ConnectorError.Fault.CONFIGURATION);
    }

    @Test
    @DisplayName("Stored settings that no longer fit the form are refused before the connector sees them")
    void settingsAreChecked() {
        ConnectorException failure =
                catchThrowableOfType(ConnectorException.class, () -> catalog.openSource("refusing", Map.of()));

        assertThat(failure.error().code()).isEqualTo("SETTINGS_INVALID");
        assertThat(failure.error().message()).contains("hostname");
    }

    @Test
    @DisplayName("Well-formed settings reach the connector")
    void settingsReachTheConnector() {
        ConnectorException failure = catchThrowableOfType(
                ConnectorException.class, () -> catalog.openSource("refusing", Map.of("hostname", "db")));

        assertThat(failure.error().message()).isEqualTo("db is down");
    }

    @Test
    @DisplayName("Two connectors of one type are a mistake of the distribution")
    void twins() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new ConnectorCatalog(List.of(new Refusing(), new Refusing()), List.of()))
                .withMessageContaining("refusing");
    }

    private static final class Refusing implements SourceConnector {
        @Override
        public ConnectorDescriptor descriptor() {
            return new ConnectorDescriptor(
                    "refusing",
                    "Refusing",
                    "refusing",
                    SettingsForm.of(SettingDescriptor.required(
                            "hostname", "Host", SettingDescriptor.Type.STRING, "db", "Where it runs.")));
        }

        @Override
        public Set<StateMode> supportedStateModes() {
            return Set.of(StateMode.PLATFORM);
        }

        @Override
        public SourceConnection open(ConnectionSettings settings) throws ConnectorException {
            throw new ConnectorException(new ConnectorError(
                    "HOST_UNREACHABLE", ConnectorError.Fault.EXTERNAL, settings.text("hostname") + " is down"));
        }
    }
}
