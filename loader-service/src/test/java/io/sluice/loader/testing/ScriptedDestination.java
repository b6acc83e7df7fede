package io.sluice.loader.testing;

import io.sluice.connector.ConnectionCheck;
import io.sluice.connector.ConnectorDescriptor;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.destination.BatchResult;
import io.sluice.connector.destination.ConnectionLimits;
import io.sluice.connector.destination.DestinationBatch;
import io.sluice.connector.destination.DestinationClaims;
import io.sluice.connector.destination.DestinationConnection;
import io.sluice.connector.destination.DestinationConnector;
import io.sluice.connector.destination.DestinationObject;
import io.sluice.connector.destination.DestinationWriter;
import io.sluice.connector.destination.WritePlan;
import io.sluice.connector.settings.ConnectionSettings;
import io.sluice.connector.settings.SettingDescriptor;
import io.sluice.connector.settings.SettingsForm;
import java.util.List;

/** A destination that does what its {@link Script} says; found by ServiceLoader like any other. */
public final class ScriptedDestination implements DestinationConnector {

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "scripted",
                "Scripted",
                "scripted",
                SettingsForm.of(
                        SettingDescriptor.required("script", "Script", SettingDescriptor.Type.STRING, "", "its name"),
                        SettingDescriptor.required("password", "Password", SettingDescriptor.Type.STRING, "", "secret")
                                .asSecret()));
    }

    @Override
    public DestinationClaims claims() {
        return new DestinationClaims(10_000, 16, true, true, false);
    }

    @Override
    public DestinationConnection open(ConnectionSettings settings) throws ConnectorException {
        Script script = Script.named(settings.text("script"));
        script.lastSettings = settings.publicValues();
        return connect(script);
    }

    /** A connection that follows a script. */
    public static DestinationConnection connect(Script script) throws ConnectorException {
        script.opening.open();
        script.openConnections.incrementAndGet();
        script.connectionsOpened.incrementAndGet();
        return new Connection(script);
    }

    private record Connection(Script script) implements DestinationConnection {
        @Override
        public ConnectionCheck check() {
            return new ConnectionCheck(List.of());
        }

        @Override
        public List<DestinationObject> objects() {
            return List.of();
        }

        @Override
        public ConnectionLimits limits(DestinationClaims claims) {
            return script.limits;
        }

        @Override
        public DestinationWriter openWriter(WritePlan plan) throws ConnectorException {
            script.openingWriter.open();
            script.writers.add(plan);
            script.openWriters.incrementAndGet();
            return new Writer(script);
        }

        @Override
        public void close() {
            script.openConnections.decrementAndGet();
        }
    }

    private record Writer(Script script) implements DestinationWriter {
        @Override
        public BatchResult write(DestinationBatch batch) {
            BatchResult result = script.answer.to(batch);
            script.calls.add(batch);
            return result;
        }

        @Override
        public void close() {
            script.openWriters.decrementAndGet();
        }
    }
}
