package io.sluice.testkit.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.connector.source.SourceQuery;
import io.sluice.testkit.NaughtyText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The payload: compact JSON, keys in the order asked for, the same row always the same bytes. */
public interface PayloadContract extends SourceSuite {
    /** Strict: what it accepts is JSON. */
    ObjectMapper STRICT = JsonMapper.builder()
            .disable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Test
    default void isCompactJsonWithKeysInTheOrderAskedFor() throws Exception {
        TestTable table = fixture()
                .createTable(List.of(
                        new TestRow(7L, "seven", new BigDecimal("7.50"), true),
                        new TestRow(null, null, null, null),
                        new TestRow(-9007199254740993L, "", new BigDecimal("-0.05"), false)));
        try (SourceBench bench = new SourceBench(fixture())) {
            assertThat(bench.readAll(table.query(), TestTable.ID))
                    .extracting(SourceBench.Row::payload)
                    .containsExactlyInAnyOrder(
                            "{\"active\":true,\"amount\":7.50,\"id\":7,\"name\":\"seven\"}",
                            "{\"active\":null,\"amount\":null,\"id\":null,\"name\":null}",
                            "{\"active\":false,\"amount\":-0.05,\"id\":-9007199254740993,\"name\":\"\"}");
        }
    }

    @Test
    default void holdsOnlyTheColumnsAskedFor() throws Exception {
        TestTable table = fixture().createTable(List.of(TestRow.sample(3)));
        try (SourceBench bench = new SourceBench(fixture())) {
            assertThat(bench.readAll(table.query(), TestTable.ID, List.of(TestTable.ID)))
                    .containsExactly(new SourceBench.Row("3", "{\"id\":3}", false));
            assertThat(bench.readAll(table.query(), TestTable.NAME, List.of(TestTable.ID, TestTable.NAME)))
                    .containsExactly(new SourceBench.Row("name of 3", "{\"id\":3,\"name\":\"name of 3\"}", false));
        }
    }

    @Test
    default void naughtyTextSurvives() throws Exception {
        List<TestRow> rows = new ArrayList<>();
        for (String text : NaughtyText.all()) {
            rows.add(TestRow.named((long) rows.size(), text));
        }
        TestTable table = fixture().createTable(rows);
        try (SourceBench bench = new SourceBench(fixture())) {
            List<SourceBench.Row> read = bench.readAll(table.query(), TestTable.ID);
            assertThat(read).hasSize(rows.size());
            for (SourceBench.Row row : read) {
                JsonNode payload = STRICT.readTree(row.payload());
                String sent = NaughtyText.all().get(payload.get(TestTable.ID).asInt());
                assertThat(payload.get(TestTable.NAME).textValue().equals(sent))
                        .as("text " + row.identifier() + " survives")
                        .isTrue();
            }
        }
    }

    @Test
    default void naughtyIdentifiersSurvive() throws Exception {
        List<TestRow> rows = new ArrayList<>();
        for (String text : NaughtyText.all()) {
            rows.add(TestRow.named((long) rows.size(), text));
        }
        TestTable table = fixture().createTable(rows);
        try (SourceBench bench = new SourceBench(fixture())) {
            List<SourceBench.Row> read = bench.readAll(table.query(), TestTable.NAME);
            assertThat(read).hasSize(rows.size()).noneMatch(SourceBench.Row::duplicate);
            for (SourceBench.Row row : read) {
                JsonNode payload = STRICT.readTree(row.payload());
                assertThat(row.identifier().equals(payload.get(TestTable.NAME).textValue()))
                        .as("identifier of row " + payload.get(TestTable.ID))
                        .isTrue();
            }
        }
    }

    @Test
    default void isTheSameEveryTime() throws Exception {
        List<TestRow> rows = new ArrayList<>();
        for (long id = 0; id < 500; id++) {
            rows.add(TestRow.sample(id));
        }
        TestTable table = fixture().createTable(rows);
        try (SourceBench bench = new SourceBench(fixture());
                SourceBench other = new SourceBench(fixture())) {
            List<String> first = payloads(bench.readAll(table.query(), TestTable.ID));
            assertThat(first).hasSize(500).doesNotHaveDuplicates();
            assertThat(payloads(bench.readAll(table.query(), TestTable.ID))).isEqualTo(first);
            assertThat(payloads(other.readAll(table.query(), TestTable.ID))).isEqualTo(first);
        }
    }

    @Test
    default void aQueryGivesWhatItsTableGives() throws Exception {
        List<TestRow> rows = new ArrayList<>(Collections.nCopies(2, TestRow.sample(1)));
        rows.add(TestRow.sample(2));
        rows.add(TestRow.named(null, "nobody"));
        TestTable table = fixture().createTable(rows);
        Optional<SourceQuery> query = fixture().queryOf(table);
        assumeTrue(query.isPresent(), "the source takes no queries");
        try (SourceBench bench = new SourceBench(fixture())) {
            assertThat(bench.readAll(query.get(), TestTable.ID))
                    .containsExactlyInAnyOrderElementsOf(bench.readAll(table.query(), TestTable.ID));
        }
    }

    private static List<String> payloads(List<SourceBench.Row> rows) {
        return rows.stream().map(SourceBench.Row::payload).sorted().toList();
    }
}
