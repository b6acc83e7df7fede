package io.sluice.testkit.destination;

import io.sluice.connector.ConnectionCheck;
import io.sluice.connector.ConnectorDescriptor;
import io.sluice.connector.ConnectorError;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.destination.ConnectionLimits;
import io.sluice.connector.destination.DestinationClaims;
import io.sluice.connector.destination.DestinationConnection;
import io.sluice.connector.destination.DestinationConnector;
import io.sluice.connector.destination.DestinationField;
import io.sluice.connector.destination.DestinationObject;
import io.sluice.connector.destination.DestinationWriter;
import io.sluice.connector.destination.WriteMode;
import io.sluice.connector.destination.WritePlan;
import io.sluice.connector.settings.ConnectionSettings;
import io.sluice.connector.settings.SettingDescriptor;
import io.sluice.connector.settings.SettingsForm;
import io.sluice.operation.SyncBehavior;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A destination in this process: faithful by itself, wrong in one way when told to be. */
public final class InMemoryDestination implements DestinationConnector {
    private static final String PASSWORD = "password";
    private static final String RIGHT = "right";

    private final World world;
    private final Set<DestinationLie> lies;
    private final boolean reportsPerRecord;

    /** For ServiceLoader. */
    public InMemoryDestination() {
        this(new World(), EnumSet.noneOf(DestinationLie.class), true);
    }

    InMemoryDestination(World world, Set<DestinationLie> lies, boolean reportsPerRecord) {
        this.world = world;
        this.lies = lies;
        this.reportsPerRecord = reportsPerRecord;
    }

    boolean lies(DestinationLie lie) {
        return lies.contains(lie);
    }

    boolean reportsPerRecord() {
        return reportsPerRecord;
    }

    World world() {
        return world;
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "in_memory",
                "In memory",
                "in-memory",
                SettingsForm.of(SettingDescriptor.required(
                                PASSWORD, "Password", SettingDescriptor.Type.STRING, "", "The word is " + RIGHT + ".")
                        .asSecret()));
    }

    @Override
    public DestinationClaims claims() {
        return new DestinationClaims(500, 4, true, reportsPerRecord, false);
    }

    @Override
    public DestinationConnection open(ConnectionSettings settings) {
        return new Connection(settings.secret(PASSWORD).reveal());
    }

    private final class Connection implements DestinationConnection {
        private final String password;

        Connection(String password) {
            this.password = password;
        }

        @Override
        public ConnectionLimits limits(DestinationClaims claims) {
            return lies(DestinationLie.CLAIMS_LESS_THAN_A_CONNECTION_TAKES)
                    ? new ConnectionLimits(501, 4)
                    : new ConnectionLimits(200, 4);
        }

        @Override
        public ConnectionCheck check() {
            List<ConnectionCheck.Step> steps = new ArrayList<>(List.of(new ConnectionCheck.Passed("Reach memory")));
            if (password.equals(RIGHT) || lies(DestinationLie.CHECK_ALWAYS_PASSES)) {
                steps.add(new ConnectionCheck.Passed("Authenticate"));
                steps.add(new ConnectionCheck.Passed("Read metadata"));
            } else {
                String said = lies(DestinationLie.TELLS_THE_PASSWORD) ? "Not right: " + password : "Not right.";
                steps.add(new ConnectionCheck.Failed("Authenticate", error("AUTHENTICATION_FAILED", said)));
                steps.add(new ConnectionCheck.Skipped("Read metadata"));
            }
            return new ConnectionCheck(steps);
        }

        @Override
        public List<DestinationObject> objects() {
            List<DestinationObject> objects = new ArrayList<>();
            for (String name : world.names()) {
                objects.add(new DestinationObject(
                        name,
                        name,
                        EnumSet.complementOf(EnumSet.of(SyncBehavior.APPEND)),
                        false,
                        List.of(
                                field("key", DestinationField.Type.STRING, true),
                                looking(name, field("text", DestinationField.Type.STRING, false)),
                                field("number", DestinationField.Type.DECIMAL, false),
                                field("flag", DestinationField.Type.BOOLEAN, false))));
            }
            if (lies(DestinationLie.LISTS_OBJECTS_IN_NO_ORDER)) {
                Collections.reverse(objects);
            }
            return objects;
        }

        private DestinationField field(String name, DestinationField.Type type, boolean identifier) {
            return new DestinationField(name, name, type, true, true, identifier, identifier, false)
                    .withModes(identifier ? Set.of() : Set.of(WriteMode.SET_IF_EMPTY));
        }

        private DestinationField looking(String object, DestinationField field) {
            return world.reference(object)
                    .map(to -> field.withLookup(
                            new DestinationField.Lookup(to, Map.of("text", DestinationField.Type.STRING))))
                    .orElse(field);
        }

        @Override
        public DestinationWriter openWriter(WritePlan plan) throws ConnectorException {
            if (!world.has(plan.object()) && !lies(DestinationLie.ACCEPTS_UNKNOWN_OBJECTS)) {
                throw new ConnectorException(error("OBJECT_NOT_FOUND", "There is no object " + plan.object() + "."));
            }
            for (String field : plan.fields()) {
                if (!List.of("key", "text", "number", "flag").contains(field)
                        && !lies(DestinationLie.ACCEPTS_UNKNOWN_FIELDS)) {
                    throw new ConnectorException(error("FIELD_NOT_FOUND", "There is no field " + field + "."));
                }
            }
            if (plan.modes().contains(WriteMode.MERGE) && !lies(DestinationLie.TAKES_MODES_IT_DOES_NOT_CLAIM)) {
                throw new ConnectorException(error("WRITE_MODE_NOT_SUPPORTED", "Nothing is a list here."));
            }
            if (!plan.lookups().isEmpty()
                    && world.reference(plan.object()).isEmpty()
                    && !lies(DestinationLie.TAKES_LOOKUPS_IT_DOES_NOT_CLAIM)) {
                throw new ConnectorException(error("LOOKUP_NOT_SUPPORTED", "Nothing is looked up here."));
            }
            return new InMemoryWriter(InMemoryDestination.this, plan);
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    static ConnectorError error(String code, String message) {
        return new ConnectorError(code, ConnectorError.Fault.CONFIGURATION, message);
    }
}
