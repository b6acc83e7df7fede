package io.sluice.testkit.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connector.source.SourceQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which rows are marked as duplicates (requirements KEY-5 to KEY-8). */
public interface IdentifierContract extends SourceSuite {

    @Test
    default void everyRowOfADuplicatedIdentifierIsMarked() throws Exception {
        List<TestRow> rows = new ArrayList<>();
        rows.add(TestRow.named(1L, "once"));
        rows.add(TestRow.named(2L, "twice a"));
        rows.addAll(Collections.nCopies(3, TestRow.named(3L, "three times the same")));
        rows.add(TestRow.named(2L, "twice b"));
        rows.add(TestRow.named(4L, "once"));
        assertMarked(rows, TestTable.ID, Map.of("1", 0L, "2", 2L, "3", 3L, "4", 0L));
    }

    @Test
    default void nullIdentifiersComeThroughUnmarked() throws Exception {
        TestTable table = fixture()
                .createTable(List.of(
                        TestRow.named(null, "a"),
                        TestRow.named(null, "b"),
                        TestRow.named(null, "b"),
                        TestRow.named(5L, "c"),
                        TestRow.named(5L, "d")));
        for (SourceQuery query : bothWays(table)) {
            try (SourceBench bench = new SourceBench(fixture())) {
                List<SourceBench.Row> rows = bench.readAll(query, TestTable.ID);
                assertThat(rows).hasSize(5);
                assertThat(rows)
                        .filteredOn(row -> row.identifier() == null)
                        .hasSize(3)
                        .noneMatch(SourceBench.Row::duplicate)
                        .allMatch(row -> row.payload().contains("\"id\":null"));
                assertThat(rows)
                        .filteredOn(row -> row.identifier() != null)
                        .hasSize(2)
                        .allMatch(SourceBench.Row::duplicate);
            }
        }
    }

    @Test
    default void identifiersAreComparedExactly() throws Exception {
        List<TestRow> rows = new ArrayList<>();
        for (String name :
                List.of("a", "A", "a ", " a", "", " ", "é", "e\u0301", "same", "same", "ﬁ", "fi", "ß", "ss")) {
            rows.add(TestRow.named(1L, name));
        }
        TestTable table = fixture().createTable(rows);
        for (SourceQuery query : bothWays(table)) {
            try (SourceBench bench = new SourceBench(fixture())) {
                assertThat(bench.readAll(query, TestTable.NAME))
                        .filteredOn(SourceBench.Row::duplicate)
                        .extracting(SourceBench.Row::identifier)
                        .containsExactly("same", "same");
            }
        }
    }

    @Test
    default void allRowsMayBeDuplicatesOfOneAnother() throws Exception {
        assertMarked(Collections.nCopies(200, TestRow.sample(9)), TestTable.ID, Map.of("9", 200L));
    }

    @Test
    default void anEmptyTableGivesNoRows() throws Exception {
        TestTable table = fixture().createTable(List.of());
        for (SourceQuery query : bothWays(table)) {
            try (SourceBench bench = new SourceBench(fixture())) {
                assertThat(bench.readAll(query, TestTable.ID)).isEmpty();
            }
        }
    }

    private void assertMarked(List<TestRow> rows, String identifier, Map<String, Long> expected) throws Exception {
        TestTable table = fixture().createTable(rows);
        for (SourceQuery query : bothWays(table)) {
            try (SourceBench bench = new SourceBench(fixture())) {
                List<SourceBench.Row> read = bench.readAll(query, identifier);
                assertThat(read).hasSize(rows.size());
                Map<String, Long> marked = new HashMap<>();
                read.forEach(row -> marked.merge(row.identifier(), row.duplicate() ? 1L : 0L, Long::sum));
                assertThat(marked).as("marked rows by identifier").isEqualTo(expected);
            }
        }
    }

    private List<SourceQuery> bothWays(TestTable table) {
        List<SourceQuery> ways = new ArrayList<>();
        ways.add(table.query());
        Optional<SourceQuery> query = fixture().queryOf(table);
        query.ifPresent(ways::add);
        return ways;
    }
}
