package io.sluice.control.fake;

import io.sluice.connector.ConnectorDescriptor;
import io.sluice.connector.settings.ConnectionSettings;
import io.sluice.connector.source.SourceConnection;
import io.sluice.connector.source.SourceConnector;
import io.sluice.operation.StateMode;
import java.util.Set;

/** Source type {@code fake_files}: the fake warehouse without anything that not every kind of source can do. */
public final class FakeFiles implements SourceConnector {
    private final FakeWarehouse warehouse = new FakeWarehouse();

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "fake_files", "Fake files", "fake", warehouse.descriptor().settings());
    }

    @Override
    public Set<StateMode> supportedStateModes() {
        return Set.of(StateMode.PLATFORM);
    }

    @Override
    public SourceConnection open(ConnectionSettings settings) {
        return warehouse.open(settings);
    }
}
