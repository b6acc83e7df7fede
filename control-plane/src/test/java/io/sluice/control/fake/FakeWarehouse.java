package io.sluice.control.fake;

import io.sluice.connector.ConnectionCheck;
import io.sluice.connector.ConnectorDescriptor;
import io.sluice.connector.ConnectorError;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.settings.ConnectionSettings;
import io.sluice.connector.settings.SettingDescriptor;
import io.sluice.connector.settings.SettingsForm;
import io.sluice.connector.source.ReadRequest;
import io.sluice.connector.source.RecordReader;
import io.sluice.connector.source.SourceColumn;
import io.sluice.connector.source.SourceColumn.JsonType;
import io.sluice.connector.source.SourceConnection;
import io.sluice.connector.source.SourceConnector;
import io.sluice.connector.source.SourceObject;
import io.sluice.connector.source.SourceQuery;
import io.sluice.operation.StateMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Source type {@code fake_warehouse}: the password is "open sesame"; host "unreachable" and "silent" do as they say. */
public final class FakeWarehouse implements SourceConnector {
    /** The only right password. */
    public static final String PASSWORD = "open sesame";

    /** Open connections of all fakes; zero when everybody closes what they open. */
    public static final AtomicInteger OPEN = new AtomicInteger();

    private static final Map<SourceObject, List<SourceColumn>> TABLES = new ConcurrentHashMap<>(Map.of(
            table("users"),
            List.of(
                    column("id", JsonType.NUMBER),
                    column("email", JsonType.STRING),
                    column("name", JsonType.STRING),
                    column("age", JsonType.NUMBER)),
            table("orders"),
            List.of(column("id", JsonType.NUMBER), column("total", JsonType.NUMBER))));

    private static final SettingsForm FORM = SettingsForm.of(
            SettingDescriptor.required("hostname", "Host", SettingDescriptor.Type.STRING, "db", "Where it is"),
            SettingDescriptor.optional("port", "Port", SettingDescriptor.Type.PORT, "5432", "Its port")
                    .withDefault("5432"),
            SettingDescriptor.required("user", "User", SettingDescriptor.Type.STRING, "reader", "Who reads"),
            SettingDescriptor.required("password", "Password", SettingDescriptor.Type.STRING, "", "Its password")
                    .asSecret());

    /** A table of the fake. */
    public static SourceObject table(String name) {
        return new SourceObject("app", "public", name);
    }

    /** Makes or replaces a table in every fake warehouse. */
    public static void define(SourceObject table, SourceColumn... columns) {
        TABLES.put(table, List.of(columns));
    }

    /** A column. */
    public static SourceColumn column(String name, JsonType type) {
        return new SourceColumn(name, type == JsonType.NUMBER ? "integer" : "text", type);
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor("fake_warehouse", "Fake warehouse", "fake", FORM);
    }

    @Override
    public Set<StateMode> supportedStateModes() {
        return Set.of(StateMode.PLATFORM, StateMode.WAREHOUSE);
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
    public SourceConnection open(ConnectionSettings settings) {
        OPEN.incrementAndGet();
        return new Connection(settings);
    }

    private record Connection(ConnectionSettings settings) implements SourceConnection {
        @Override
        public ConnectionCheck check() {
            List<ConnectionCheck.Step> steps = new ArrayList<>();
            try {
                reach();
                steps.add(new ConnectionCheck.Passed("Reach host"));
            } catch (ConnectorException unreachable) {
                return new ConnectionCheck(List.of(
                        new ConnectionCheck.Failed("Reach host", unreachable.error()),
                        new ConnectionCheck.Skipped("Authenticate")));
            }
            try {
                authenticate();
                steps.add(new ConnectionCheck.Passed("Authenticate"));
            } catch (ConnectorException refused) {
                steps.add(new ConnectionCheck.Failed("Authenticate", refused.error()));
            }
            return new ConnectionCheck(steps);
        }

        @Override
        public List<SourceObject> objects() throws ConnectorException {
            reach();
            authenticate();
            return List.copyOf(TABLES.keySet());
        }

        @Override
        public List<SourceColumn> columns(SourceQuery query) throws ConnectorException {
            reach();
            authenticate();
            return switch (query) {
                case SourceQuery.Table table -> TABLES.get(table.object());
                case SourceQuery.Sql sql -> {
                    if (sql.text().contains("broken") || sql.text().contains(";")) {
                        throw new ConnectorException(new ConnectorError(
                                "QUERY_INVALID",
                                ConnectorError.Fault.CONFIGURATION,
                                "syntax error: correct the query"));
                    }
                    yield List.of(column("email", JsonType.STRING), column("visits", JsonType.NUMBER));
                }
            };
        }

        @Override
        public RecordReader read(ReadRequest request) {
            throw new UnsupportedOperationException("the control plane never reads records");
        }

        @Override
        public void close() {
            OPEN.decrementAndGet();
        }

        private void reach() throws ConnectorException {
            switch (settings.text("hostname")) {
                case "unreachable" ->
                    throw new ConnectorException(new ConnectorError(
                            "HOST_UNREACHABLE",
                            ConnectorError.Fault.EXTERNAL,
                            "no route to host: check the host name"));
                case "silent" -> waitForever();
                case "buggy" -> throw new IllegalStateException("a bug with " + PASSWORD);
                default -> {}
            }
        }

        private static void waitForever() {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        private void authenticate() throws ConnectorException {
            if (!settings.secret("password").reveal().equals(PASSWORD)) {
                throw new ConnectorException(new ConnectorError(
                        "AUTHENTICATION_FAILED",
                        ConnectorError.Fault.CONFIGURATION,
                        "user or password is wrong: correct the credentials"));
            }
        }
    }
}
