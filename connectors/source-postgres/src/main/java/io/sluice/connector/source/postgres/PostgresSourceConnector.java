package io.sluice.connector.source.postgres;

import io.sluice.connector.ConnectorDescriptor;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.settings.ConnectionSettings;
import io.sluice.connector.source.SourceConnection;
import io.sluice.connector.source.SourceConnector;
import io.sluice.operation.StateMode;
import java.util.EnumSet;
import java.util.Set;

/** PostgreSQL 12 and newer, and what speaks its protocol, as a source (requirement SRC-1). */
public final class PostgresSourceConnector implements SourceConnector {
    private static final ConnectorDescriptor DESCRIPTOR =
            new ConnectorDescriptor("postgres", "PostgreSQL", "postgres", SourceSettings.FORM);

    /** Called by {@link java.util.ServiceLoader}. */
    public PostgresSourceConnector() {}

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Set<StateMode> supportedStateModes() {
        return EnumSet.allOf(StateMode.class);
    }

    @Override
    public boolean readsWindows() {
        return true;
    }

    @Override
    public boolean computesCompoundKeys() {
        return true;
    }

    @Override
    public SourceConnection open(ConnectionSettings settings) throws ConnectorException {
        return new PostgresSourceConnection(SourceSettings.from(settings));
    }
}
