package io.sluice.connector.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.source.ReadRequest;
import io.sluice.connector.source.ReadWindow;
import io.sluice.connector.source.RecordReader;
import io.sluice.connector.source.SourceConnection;
import io.sluice.connector.source.SourceQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** BEH-20: which rows a run with a high-water mark reads. */
class WindowIT {
    private static TestDatabase database;

    @BeforeAll
    static void create() throws Exception {
        database = TestDatabase.create();
        database.run("CREATE TABLE event (id int PRIMARY KEY, at timestamptz, n numeric, word text)");
    }

    @AfterAll
    static void close() throws Exception {
        database.close();
    }

    @BeforeEach
    void fill() throws Exception {
        database.run(
                "TRUNCATE event",
                "INSERT INTO event VALUES (1, '2026-01-01 10:00Z', 1, 'a'), (2, '2026-01-01 11:00Z', 2, 'b'),"
                        + " (3, '2026-01-01 12:00Z', 3, 'c'), (4, NULL, NULL, NULL)");
    }

    /** What one read gave: the identifiers, and the mark for the next. */
    private record Read(List<String> identifiers, Optional<String> mark) {}

    private static Read read(SourceQuery query, ReadWindow window) throws ConnectorException {
        List<String> identifiers = new ArrayList<>();
        try (SourceConnection source = database.open();
                RecordReader reader = source.read(new ReadRequest(query, List.of("id"), "id", Optional.of(window)))) {
            reader.read(row -> identifiers.add(row.identifier()));
            return new Read(identifiers, reader.highWaterMark());
        }
    }

    private static Read read(String column, Optional<String> from, long overlap) throws ConnectorException {
        return read(database.table("event"), new ReadWindow(column, from, overlap, false));
    }

    @Test
    @DisplayName("AC-9: run 1 reads t < w1, run n reads w(n-1) <= t < w(n); the newest is always one run late")
    void windowsFollowEachOther() throws Exception {
        Read first = read("at", Optional.empty(), 0);
        assertThat(first.identifiers()).containsExactlyInAnyOrder("1", "2");

        database.run("INSERT INTO event VALUES (5, '2026-01-01 13:00Z', 5, 'e'), (6, '2026-01-01 11:30Z', 6, 'late')");
        Read second = read("at", first.mark(), 0);
        assertThat(second.identifiers()).containsExactly("3");

        Read third = read("at", second.mark(), 0);
        assertThat(third.identifiers()).isEmpty();
        assertThat(third.mark()).isEqualTo(second.mark());
    }

    @Test
    @DisplayName("An overlap finds rows that arrived late")
    void overlap() throws Exception {
        Read first = read("at", Optional.empty(), 0);
        database.run("INSERT INTO event VALUES (5, '2026-01-01 13:00Z', 5, 'e'), (6, '2026-01-01 11:30Z', 6, 'late')");

        assertThat(read("at", first.mark(), 1_800).identifiers()).containsExactlyInAnyOrder("3", "6");
    }

    @Test
    @DisplayName("A maximum that has fallen, because rows were deleted, does not take the mark back")
    void neverBack() throws Exception {
        Read first = read("at", Optional.empty(), 0);
        database.run("DELETE FROM event WHERE id > 1");

        Read second = read("at", first.mark(), 0);

        assertThat(second.identifiers()).isEmpty();
        assertThat(second.mark()).isEqualTo(first.mark());
    }

    @Test
    @DisplayName("BEH-18: with only the mark wanted no row is read")
    void onlyTheMark() throws Exception {
        Read read = read(database.table("event"), new ReadWindow("n", Optional.empty(), 0, true));

        assertThat(read.identifiers()).isEmpty();
        assertThat(read.mark()).contains("3");
        assertThat(read("n", read.mark(), 0).identifiers()).isEmpty();
    }

    @Test
    void infiniteTimesEmptySourcesAndTextsWork() throws Exception {
        database.run("INSERT INTO event VALUES (7, 'infinity', 7, 'it''s')");
        assertThat(read("at", Optional.empty(), 0).mark().orElseThrow()).startsWith("2026-01-01 12:00");
        assertThat(read("word", Optional.of("b"), 60).identifiers()).containsExactlyInAnyOrder("2", "3");
        assertThat(read("word", Optional.of("it's"), 0).identifiers()).isEmpty();
        database.run("TRUNCATE event");
        assertThat(read("at", Optional.empty(), 0)).isEqualTo(new Read(List.of(), Optional.empty()));
    }

    @Test
    @DisplayName("Duplicates are looked for inside the window, also of a query")
    void queriesAndDuplicates() throws Exception {
        SourceQuery query = new SourceQuery.Sql("SELECT 9 AS id, at FROM event -- all the same");
        Read read = read(query, new ReadWindow("at", Optional.empty(), 0, false));
        assertThat(read.identifiers()).containsExactly("9", "9");
    }

    @Test
    void aGrowingColumnThatIsGoneIsAnErrorOfTheConfiguration() {
        assertThatThrownBy(() -> read("gone", Optional.empty(), 0))
                .isInstanceOfSatisfying(
                        ConnectorException.class,
                        failed -> assertThat(failed.error().code()).isEqualTo("COLUMN_NOT_FOUND"));
    }
}
