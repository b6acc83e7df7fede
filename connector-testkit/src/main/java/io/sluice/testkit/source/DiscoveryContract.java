package io.sluice.testkit.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.source.SourceColumn;
import io.sluice.connector.source.SourceColumn.JsonType;
import io.sluice.connector.source.SourceConnection;
import io.sluice.connector.source.SourceConnector;
import io.sluice.connector.source.SourceObject;
import io.sluice.connector.source.SourceQuery;
import io.sluice.testkit.BrokenSettings;
import io.sluice.testkit.CheckAssertions;
import io.sluice.testkit.ContractSettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** What a source says of itself: registration, connection test, objects and columns. */
public interface DiscoveryContract extends SourceSuite {

    @Test
    default void isFoundByServiceLoader() {
        List<Class<?>> found = new ArrayList<>();
        ServiceLoader.load(SourceConnector.class).forEach(connector -> found.add(connector.getClass()));
        assertThat(found).contains(fixture().connector().getClass());
    }

    @Test
    default void describesItselfConstantly() {
        SourceConnector connector = fixture().connector();
        assertThat(connector.descriptor()).isEqualTo(connector.descriptor());
        assertThat(connector.supportedStateModes()).isNotEmpty().isEqualTo(connector.supportedStateModes());
        assertThat(connector.descriptor().settings().settings())
                .allSatisfy(setting -> assertThat(setting.help()).isNotBlank());
    }

    @Test
    default void checkPassesWithNamedSteps() throws Exception {
        try (SourceBench bench = new SourceBench(fixture())) {
            CheckAssertions.assertPassed(bench.connection().check());
        }
    }

    @Test
    default void checkNamesWhatIsWrongAndSkipsTheRest() {
        SourceConnector connector = fixture().connector();
        for (BrokenSettings broken : fixture().brokenSettings()) {
            CheckAssertions.assertNamed(broken, () -> {
                try (SourceConnection connection =
                        connector.open(ContractSettings.read(connector, broken.settings()))) {
                    return connection.check();
                }
            });
        }
    }

    @Test
    default void listsTablesInOrder() throws Exception {
        TestTable table = fixture().createTable(List.of());
        try (SourceBench bench = new SourceBench(fixture())) {
            List<SourceObject> objects = bench.connection().objects();
            assertThat(objects)
                    .contains(table.object())
                    .doesNotHaveDuplicates()
                    .isSortedAccordingTo(
                            Comparator.comparing(SourceObject::schema).thenComparing(SourceObject::name));
        }
    }

    @Test
    default void describesColumnsInNaturalOrder() throws Exception {
        TestTable table = fixture().createTable(List.of());
        try (SourceBench bench = new SourceBench(fixture())) {
            assertColumns(bench.connection().columns(table.query()));
            Optional<SourceQuery> query = fixture().queryOf(table);
            if (query.isPresent()) {
                assertColumns(bench.connection().columns(query.get()));
            }
        }
    }

    private static void assertColumns(List<SourceColumn> columns) {
        assertThat(columns)
                .extracting(SourceColumn::name)
                .containsExactly(TestTable.ID, TestTable.NAME, TestTable.AMOUNT, TestTable.ACTIVE);
        assertThat(columns)
                .extracting(SourceColumn::jsonType)
                .containsExactly(JsonType.NUMBER, JsonType.STRING, JsonType.NUMBER, JsonType.BOOLEAN);
        assertThat(columns).allSatisfy(column -> assertThat(column.dataType()).isNotBlank());
    }

    @Test
    default void unknownTablesAreNamed() throws Exception {
        SourceObject known = fixture().createTable(List.of()).object();
        SourceQuery unknown =
                new SourceQuery.Table(new SourceObject(known.catalog(), known.schema(), "no_such_table_7f3a"));
        try (SourceBench bench = new SourceBench(fixture())) {
            assertThatExceptionOfType(ConnectorException.class)
                    .isThrownBy(() -> bench.connection().columns(unknown))
                    .satisfies(thrown -> assertThat(thrown.error().code()).isEqualTo("OBJECT_NOT_FOUND"))
                    .withMessageContaining("no_such_table_7f3a");
            assertThatExceptionOfType(ConnectorException.class)
                    .isThrownBy(() -> bench.readAll(unknown, TestTable.ID))
                    .satisfies(thrown -> assertThat(thrown.error().code()).isEqualTo("OBJECT_NOT_FOUND"));
        }
    }

    @Test
    default void missingColumnsAreNamedBeforeAnythingIsRead() throws Exception {
        TestTable table = fixture().createTable(List.of(TestRow.sample(1)));
        List<String> columns = List.of(TestTable.ID, "no_such_column_7f3a");
        try (SourceBench bench = new SourceBench(fixture())) {
            assertThatExceptionOfType(ConnectorException.class)
                    .isThrownBy(() -> bench.read(table.query(), TestTable.ID, columns, row -> {
                        throw new AssertionError("a row was read");
                    }))
                    .satisfies(thrown -> assertThat(thrown.error().code()).isEqualTo("COLUMN_NOT_FOUND"))
                    .withMessageContaining("no_such_column_7f3a");
        }
    }

    @Test
    default void invalidQueriesAreRefused() throws Exception {
        TestTable table = fixture().createTable(List.of(TestRow.sample(1)));
        List<String> invalid = fixture().invalidQueries(table);
        assumeTrue(!invalid.isEmpty(), "the source takes no queries");
        try (SourceBench bench = new SourceBench(fixture())) {
            for (String text : invalid) {
                SourceQuery query = new SourceQuery.Sql(text);
                assertThatExceptionOfType(ConnectorException.class)
                        .as(text)
                        .isThrownBy(() -> bench.connection().columns(query))
                        .satisfies(thrown -> assertThat(thrown.error().code()).isEqualTo("QUERY_INVALID"));
                assertThatExceptionOfType(ConnectorException.class)
                        .as(text)
                        .isThrownBy(() -> bench.readAll(query, TestTable.ID, List.of(TestTable.ID)))
                        .satisfies(thrown -> assertThat(thrown.error().code()).isEqualTo("QUERY_INVALID"));
            }
            assertThat(bench.readAll(table.query(), TestTable.ID))
                    .as("the table is as it was")
                    .hasSize(1);
        }
    }
}
