package io.sluice.testkit.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.connector.source.CompoundKey;
import io.sluice.connector.source.ReadRequest;
import io.sluice.connector.source.RecordReader;
import io.sluice.connector.source.SourceQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a connector that claims to compute compound keys gives for them (KEY-3). */
public interface CompoundKeyContract extends SourceSuite {
    /** Name of the computed column. */
    String KEY = "key of several";

    @Test
    default void aCompoundKeyIsTheTextOfItsColumns() throws Exception {
        assertThat(keys(
                        List.of(
                                TestRow.named(1L, "one"),
                                TestRow.named(1L, ""),
                                TestRow.named(2L, "a|b"),
                                TestRow.named(2L, "a\\"),
                                TestRow.named(2L, "\\|")),
                        TestTable.NAME,
                        TestTable.ID))
                .extracting(SourceBench.Row::identifier)
                .containsExactlyInAnyOrder("one|1", "|1", "a\\|b|2", "a\\\\|2", "\\\\\\||2");
    }

    @Test
    default void aCompoundKeyWithAMissingPartIsNull() throws Exception {
        assertThat(keys(
                        List.of(TestRow.named(1L, null), TestRow.named(null, "x"), TestRow.named(1L, "x")),
                        TestTable.ID,
                        TestTable.NAME))
                .extracting(SourceBench.Row::identifier)
                .containsExactlyInAnyOrder(null, null, "1|x");
    }

    @Test
    default void rowsOfOneCompoundKeyAreDuplicates() throws Exception {
        assertThat(keys(
                        List.of(
                                TestRow.named(1L, "x"),
                                TestRow.named(1L, "y"),
                                TestRow.named(2L, "x"),
                                TestRow.named(1L, "x"),
                                TestRow.named(null, "x"),
                                TestRow.named(null, "x")),
                        TestTable.ID,
                        TestTable.NAME))
                .filteredOn(SourceBench.Row::duplicate)
                .extracting(SourceBench.Row::identifier)
                .containsExactly("1|x", "1|x");
    }

    @Test
    default void aCompoundKeyIsPartOfThePayload() throws Exception {
        assertThat(keys(List.of(TestRow.named(7L, "x")), TestTable.ID, TestTable.NAME))
                .extracting(SourceBench.Row::payload)
                .containsExactly("{\"amount\":1.25,\"key of several\":\"7|x\"}");
    }

    /** Reads a new table as a table; where it takes queries, a query must give the same. */
    private List<SourceBench.Row> keys(List<TestRow> rows, String... parts) throws Exception {
        assumeTrue(fixture().connector().computesCompoundKeys(), "the connector claims no compound keys");
        TestTable table = fixture().createTable(rows);
        List<SourceBench.Row> read = keys(table.query(), parts);
        Optional<SourceQuery> query = fixture().queryOf(table);
        if (query.isPresent()) {
            assertThat(keys(query.get(), parts)).containsExactlyInAnyOrderElementsOf(read);
        }
        return read;
    }

    private List<SourceBench.Row> keys(SourceQuery query, String... parts) throws Exception {
        ReadRequest request = new ReadRequest(
                query,
                List.of(TestTable.AMOUNT, KEY),
                KEY,
                Optional.empty(),
                Optional.of(new CompoundKey(KEY, Arrays.asList(parts))));
        List<SourceBench.Row> rows = new ArrayList<>();
        try (SourceBench bench = new SourceBench(fixture());
                RecordReader reader = bench.connection().read(request)) {
            reader.read(row -> rows.add(SourceBench.row(row)));
        }
        return rows;
    }
}
