package io.sluice.control.fake;

import io.sluice.connector.ConnectionCheck;
import io.sluice.connector.ConnectorDescriptor;
import io.sluice.connector.ConnectorError;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.destination.DestinationClaims;
import io.sluice.connector.destination.DestinationConnection;
import io.sluice.connector.destination.DestinationConnector;
import io.sluice.connector.destination.DestinationField;
import io.sluice.connector.destination.DestinationField.Type;
import io.sluice.connector.destination.DestinationObject;
import io.sluice.connector.destination.DestinationWriter;
import io.sluice.connector.destination.WritePlan;
import io.sluice.connector.settings.ConnectionSettings;
import io.sluice.connector.settings.SettingDescriptor;
import io.sluice.connector.settings.SettingsForm;
import io.sluice.operation.SyncBehavior;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Destination type {@code fake_crm}: the API key is "right"; four objects with all kinds of rules. */
public final class FakeCrm implements DestinationConnector {
    private static final SettingsForm FORM = SettingsForm.of(
            SettingDescriptor.optional("region", "Region", SettingDescriptor.Type.STRING, "eu", "Where it is")
                    .withDefault("eu"),
            SettingDescriptor.required("api_key", "API key", SettingDescriptor.Type.STRING, "", "Its key")
                    .asSecret());

    /** The objects. */
    public static final List<DestinationObject> OBJECTS = List.of(
            new DestinationObject(
                    "contact",
                    "Contact",
                    Set.of(SyncBehavior.UPSERT, SyncBehavior.UPDATE, SyncBehavior.INSERT, SyncBehavior.MIRROR),
                    false,
                    List.of(
                            field("email", true, true, true, true),
                            field("full_name", true, true, true, false),
                            field("age", true, true, false, false),
                            field("source_system", true, false, false, false),
                            field("created", false, false, false, false))),
            new DestinationObject(
                    "event", "Event", Set.of(SyncBehavior.APPEND), false, List.of(field("id", true, true, true, true))),
            new DestinationObject(
                    "deal",
                    "Deal",
                    Set.of(SyncBehavior.UPSERT),
                    false,
                    List.of(
                            field("id", true, true, true, true),
                            new DestinationField("owner", "Owner", Type.INTEGER, true, true, false, false, false)
                                    .withLookup(new DestinationField.Lookup(
                                            "contact", Map.of("email", Type.STRING, "age", Type.INTEGER))))),
            new DestinationObject(
                    "free", "Free form", Set.of(SyncBehavior.UPSERT, SyncBehavior.DELETE), true, List.of()));

    private static DestinationField field(
            String name, boolean createable, boolean updateable, boolean required, boolean identifier) {
        return new DestinationField(name, name, Type.STRING, createable, updateable, required, identifier, false);
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor("fake_crm", "Fake CRM", "fake", FORM);
    }

    @Override
    public DestinationClaims claims() {
        return new DestinationClaims(100, 1, true, true, false);
    }

    @Override
    public DestinationConnection open(ConnectionSettings settings) throws ConnectorException {
        if (!settings.secret("api_key").reveal().equals("right")) {
            throw new ConnectorException(new ConnectorError(
                    "AUTHENTICATION_FAILED",
                    ConnectorError.Fault.CONFIGURATION,
                    "the API key is not valid: make a new one"));
        }
        return new Connection();
    }

    private record Connection() implements DestinationConnection {
        @Override
        public ConnectionCheck check() {
            return new ConnectionCheck(List.of(new ConnectionCheck.Passed("Authenticate")));
        }

        @Override
        public List<DestinationObject> objects() {
            return OBJECTS;
        }

        @Override
        public DestinationWriter openWriter(WritePlan plan) {
            throw new UnsupportedOperationException("the control plane never writes records");
        }

        @Override
        public OptionalLong count(String object) {
            return object.equals("contact") ? OptionalLong.of(1_000) : OptionalLong.empty();
        }

        @Override
        public void close() {}
    }
}
