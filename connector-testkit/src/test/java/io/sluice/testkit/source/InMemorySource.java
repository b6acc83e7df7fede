package io.sluice.testkit.source;

import static io.sluice.testkit.source.SourceLie.*;

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
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A source in this process: faithful by itself, wrong in one way when told to be. */
public final class InMemorySource implements SourceConnector {
    static final List<String> COLUMNS = List.of(TestTable.ID, TestTable.NAME, TestTable.AMOUNT, TestTable.ACTIVE);
    static final String CATALOG = "memory";
    static final String SCHEMA = "main";
    /** The only query there is: this word and a table. */
    static final String ALL_OF = "ALL OF ";

    private final Tables tables;
    private final Set<SourceLie> lies;

    /** For ServiceLoader. */
    public InMemorySource() {
        this(new Tables(), EnumSet.noneOf(SourceLie.class));
    }

    InMemorySource(Tables tables, Set<SourceLie> lies) {
        this.tables = tables;
        this.lies = lies;
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "in_memory",
                "In memory",
                "in-memory",
                SettingsForm.of(SettingDescriptor.required(
                                "password", "Password", SettingDescriptor.Type.STRING, "", "The word is right.")
                        .asSecret()));
    }

    @Override
    public Set<StateMode> supportedStateModes() {
        return EnumSet.of(StateMode.PLATFORM);
    }

    @Override
    public boolean computesCompoundKeys() {
        return true;
    }

    @Override
    public SourceConnection open(ConnectionSettings settings) {
        return new Connection(settings.secret("password").reveal().equals("right"));
    }

    static ConnectorError error(String code, String message) {
        return new ConnectorError(code, ConnectorError.Fault.CONFIGURATION, message);
    }

    private final class Connection implements SourceConnection {
        private final boolean admitted;
        private final Set<InMemoryReader> readers = ConcurrentHashMap.newKeySet();

        Connection(boolean admitted) {
            this.admitted = admitted;
        }

        @Override
        public ConnectionCheck check() {
            ConnectionCheck.Step step = admitted || lies.contains(CHECK_ALWAYS_PASSES)
                    ? new ConnectionCheck.Passed("Authenticate")
                    : new ConnectionCheck.Failed("Authenticate", error("AUTHENTICATION_FAILED", "Not right."));
            return new ConnectionCheck(List.of(step));
        }

        @Override
        public List<SourceObject> objects() {
            if (lies.contains(LISTS_NO_TABLES)) {
                return List.of();
            }
            return tables.names().stream()
                    .map(name -> new SourceObject(CATALOG, SCHEMA, name))
                    .toList();
        }

        @Override
        public List<SourceColumn> columns(SourceQuery query) throws ConnectorException {
            tableOf(query);
            List<SourceColumn> columns = List.of(
                    new SourceColumn(TestTable.ID, "long", JsonType.NUMBER),
                    new SourceColumn(TestTable.NAME, "string", JsonType.STRING),
                    new SourceColumn(TestTable.AMOUNT, "decimal", JsonType.NUMBER),
                    new SourceColumn(TestTable.ACTIVE, "boolean", JsonType.BOOLEAN));
            return lies.contains(DESCRIBES_COLUMNS_ALPHABETICALLY)
                    ? columns.stream()
                            .sorted(Comparator.comparing(SourceColumn::name))
                            .toList()
                    : columns;
        }

        private String tableOf(SourceQuery query) throws ConnectorException {
            return switch (query) {
                case SourceQuery.Table(SourceObject object) -> {
                    if (!tables.has(object.name()) && !lies.contains(FINDS_UNKNOWN_TABLES)) {
                        throw new ConnectorException(error("OBJECT_NOT_FOUND", "No table " + object.name() + "."));
                    }
                    yield object.name();
                }
                case SourceQuery.Sql(String text) -> {
                    boolean valid = text.startsWith(ALL_OF) && tables.has(text.substring(ALL_OF.length()));
                    if (!valid && !lies.contains(RUNS_INVALID_QUERIES)) {
                        throw new ConnectorException(error("QUERY_INVALID", "Write " + ALL_OF + "and a table."));
                    }
                    yield valid
                            ? text.substring(ALL_OF.length())
                            : tables.names().getFirst();
                }
            };
        }

        @Override
        public RecordReader read(ReadRequest request) throws ConnectorException {
            String table = tableOf(request.query());
            for (String column : request.columns()) {
                if (!COLUMNS.contains(column)
                        && !isKey(request, column)
                        && !lies.contains(READS_MISSING_COLUMNS_AS_NULL)) {
                    throw new ConnectorException(error("COLUMN_NOT_FOUND", "No column " + column + "."));
                }
            }
            InMemoryReader reader = new InMemoryReader(tables, lies, table, request);
            readers.add(reader);
            return reader;
        }

        private static boolean isKey(ReadRequest request, String column) {
            return request.compoundKey()
                    .filter(key -> key.name().equals(column))
                    .isPresent();
        }

        @Override
        public void close() {
            readers.forEach(InMemoryReader::cut);
        }
    }
}
