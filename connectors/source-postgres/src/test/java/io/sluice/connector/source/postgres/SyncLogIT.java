package io.sluice.connector.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connector.source.AcceptedChange;
import io.sluice.connector.source.Bookkeeping;
import io.sluice.connector.source.Facts;
import io.sluice.connector.source.LogPosition;
import io.sluice.connector.source.SourceConnection;
import io.sluice.connector.source.SourceObject;
import io.sluice.connector.source.StateId;
import io.sluice.connector.source.SyncLog;
import io.sluice.connector.source.Writeback;
import io.sluice.operation.OperationKind;
import io.sluice.operation.StateMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The log of syncs and the tables it is joined with, in the bookkeeping schema. */
class SyncLogIT {
    private static final StateId SYNC = new StateId(1, 2);
    private static final Instant START = Instant.parse("2026-03-01T10:00:00.125Z");

    private TestDatabase database;

    @BeforeEach
    void create() throws Exception {
        database = TestDatabase.create();
    }

    @AfterEach
    void close() throws Exception {
        database.close();
    }

    @Test
    @DisplayName("WWB-2, WWB-3, WWB-6: sync_log has its columns, and what was sent as it was sent")
    void linesAsTheyAre() throws Exception {
        // Given what PostgreSQL has no character for, in the payload and in the reason
        String payload = "{\"key\":7,\"note\":\"a\\u0000b ü 😀\"}";
        try (SourceConnection source = database.open()) {
            // When
            apply(
                    source,
                    5,
                    9,
                    new SyncLog.Line(
                            9,
                            "7",
                            payload,
                            START,
                            START.plusSeconds(2),
                            OperationKind.UPSERT,
                            SyncLog.Status.REJECTED,
                            "no \0 please"),
                    new SyncLog.Line(9, "8", null, null, null, OperationKind.DELETE, SyncLog.Status.ABORTED, null),
                    line(9, "9"));
        }

        // Then
        assertThat(columns("sync_log"))
                .isEqualTo("log_id, sync_id, sync_run_id, record_identifier, record_payload, batch_started_at,"
                        + " batch_completed_at, operation, status, status_message, _census_logged_at, destination_id,"
                        + " destination_object_id, source_id, source_object_id");
        assertThat(
                        rows(
                                "SELECT sync_id, sync_run_id, record_identifier, record_payload,"
                                        + " to_char(batch_started_at AT TIME ZONE 'UTC', 'HH24:MI:SS.MS'),"
                                        + " extract(epoch FROM batch_completed_at - batch_started_at)::int, operation, status,"
                                        + " status_message, _census_logged_at > now() - interval '1 minute', destination_id,"
                                        + " destination_object_id, source_id, source_object_id FROM sluice.sync_log WHERE record_identifier <> '9' ORDER BY log_id"))
                .containsExactly(
                        "2|5|7|" + payload + "|10:00:00.125|2|upsert|rejected|no \uFFFD please|t|15|16|11|12",
                        "2|5|8|null|null|null|delete|aborted|null|t|15|16|11|12");
        assertThat(rows("SELECT record_payload ->> 'id', count(*) OVER () FROM sluice.sync_log"
                        + " WHERE record_payload IS NULL OR record_identifier = '9'"))
                .containsExactlyInAnyOrder("9|2", "null|2");
    }

    @Test
    @DisplayName("WWB-2, AC-22: each line is written once, however often and in whatever portions it is applied")
    void linesAreWrittenOnce() throws Exception {
        try (SourceConnection source = database.open()) {
            apply(source, 5, 10, line(9, "a"), line(10, "b"));
            // the same again, as after a crash before the offsets were committed
            apply(source, 5, 10, line(9, "a"), line(10, "b"));
            // together with what came later
            apply(source, 5, 12, line(9, "a"), line(10, "b"), line(11, "c"), line(12, "a"));
            // a zombie
            apply(source, 5, 11, line(11, "c"));
            // the next run, whose predecessor is read again first
            apply(source, 6, 20, line(20, "a"));
            apply(source, 5, 12, line(12, "a"));
        }

        assertThat(rows("SELECT sync_run_id, record_identifier FROM sluice.sync_log ORDER BY log_id"))
                .containsExactly("5|a", "5|b", "5|c", "5|a", "6|a");
        assertThat(rows("SELECT sync_run_id, record_identifier FROM sluice.sync_log_latest ORDER BY 2"))
                .containsExactly("6|a", "5|b", "5|c");
    }

    @Test
    @DisplayName("WWB-2, AC-22: random crashes between saving and remembering how far: each line once, in order")
    void randomCrashes() throws Exception {
        Random random = new Random(20260301);
        try (SourceConnection source = database.open()) {
            for (int history = 1; history <= 15; history++) {
                // Given the messages of a run, each with some lines
                List<SyncLog.Line> all = new ArrayList<>();
                int messages = 3 + random.nextInt(10);
                for (int message = 0; message < messages; message++) {
                    for (int line = random.nextInt(3); line >= 0; line--) {
                        all.add(line(100 + message, message + "-" + line));
                    }
                }
                // When they are applied in portions, and now and then again from what is remembered
                int remembered = 0;
                int next = 0;
                while (next < messages) {
                    int end = Math.min(messages, next + 1 + random.nextInt(4));
                    int first = 100 + next;
                    int last = 100 + end - 1;
                    apply(
                            source,
                            history,
                            last,
                            all.stream()
                                    .filter(line -> line.offset() >= first && line.offset() <= last)
                                    .toArray(SyncLog.Line[]::new));
                    boolean crash = random.nextInt(3) == 0;
                    remembered = crash ? remembered : end;
                    next = crash ? remembered : end;
                }
                // Then
                assertThat(rows("SELECT record_identifier FROM sluice.sync_log WHERE sync_run_id = " + history
                                + " ORDER BY log_id"))
                        .as("history " + history)
                        .isEqualTo(all.stream().map(SyncLog.Line::identifier).toList());
            }
        }
    }

    @Test
    @DisplayName("WWB-2: partitions that log for the first time at once make the log once and lose nothing")
    void beginningTogether() throws Exception {
        CyclicBarrier start = new CyclicBarrier(6);
        try (SourceConnection source = database.open();
                ExecutorService threads = Executors.newFixedThreadPool(6)) {
            source.bookkeeping().orElseThrow().prepare(SYNC, 1, false);
            List<Future<Object>> all = new ArrayList<>();
            for (int partition = 0; partition < 6; partition++) {
                LogPosition position = new LogPosition(partition / 2, 5, 100);
                all.add(threads.submit(() -> {
                    start.await();
                    // two of one partition are the same committer twice: one of them is late
                    source.bookkeeping()
                            .orElseThrow()
                            .apply(SYNC, position, List.of(), Optional.of(log(5, line(100, "p" + position.slice()))));
                    return null;
                }));
            }
            for (Future<Object> each : all) {
                each.get();
            }
        }

        assertThat(rows("SELECT record_identifier FROM sluice.sync_log ORDER BY 1"))
                .containsExactly("p0", "p1", "p2");
    }

    @Test
    @DisplayName("WWB-5: old lines of the sync go, those of other syncs stay, and without a log there is nothing to do")
    void oldLinesGo() throws Exception {
        try (SourceConnection source = database.open()) {
            Writeback writeback = source.writeback().orElseThrow();
            assertThat(writeback.removeOlderThan(SYNC, Duration.ofDays(7))).isZero();
            int many = 2 * WritebackTables.REMOVED_TOGETHER;
            apply(
                    source,
                    5,
                    9,
                    IntStream.range(0, many).mapToObj(i -> line(9, "a" + i)).toArray(SyncLog.Line[]::new));
            database.run(
                    "INSERT INTO sluice.sync_log_entries (sync_id, sync_run_id, record_identifier, operation, status,"
                            + " destination_id, destination_object_id, source_id, source_object_id)"
                            + " VALUES (3, 4, 'other', 'upsert', 'succeeded', 1, 1, 1, 1)",
                    "UPDATE sluice.sync_log_entries SET _census_logged_at = now() - interval '8 days'");
            apply(source, 6, 10, line(10, "young"));

            assertThat(writeback.removeOlderThan(SYNC, Duration.ofDays(9))).isZero();
            assertThat(writeback.removeOlderThan(SYNC, Duration.ofDays(7))).isEqualTo(many);
        }
        assertThat(rows("SELECT record_identifier FROM sluice.sync_log ORDER BY 1"))
                .containsExactly("other", "young");
    }

    @Test
    @DisplayName("WWB-4, FCT-3 to FCT-8: the fact tables are replaced at once, and older facts replace nothing")
    void factsAreReplaced() throws Exception {
        Facts.Named deleted = new Facts.Named(16, "Salesforce::ObjectTypes::Contact", "Contact");
        try (SourceConnection source = database.open()) {
            Writeback writeback = source.writeback().orElseThrow();
            writeback.replaceFacts(facts(START, "old name", deleted));
            writeback.replaceFacts(facts(START.plusSeconds(60), "new name", deleted));
            writeback.replaceFacts(facts(START, "old name"));
        }

        assertThat(columns("source_objects"))
                .isEqualTo("id, type, name, model_id, business_object_id, filter_segment_id, cohort_id");
        assertThat(columns("destinations")).isEqualTo("id, type, name");
        assertThat(columns("destination_objects")).isEqualTo("id, type, name");
        assertThat(rows("TABLE sluice.source_objects ORDER BY id"))
                .containsExactly(
                        "12|DataWarehouse::Query|new name|12|null|null|null", "13|null|view|null|null|null|null");
        assertThat(rows("TABLE sluice.destinations")).containsExactly("15|Salesforce::Connection|Sales");
        assertThat(rows("TABLE sluice.destination_objects"))
                .containsExactly("16|Salesforce::ObjectTypes::Contact|Contact");
        // the log is there too, so that who joins them finds it
        assertThat(rows("TABLE sluice.sync_log")).isEmpty();
    }

    @Test
    @DisplayName("SEC-5, SRC-7, SRC-9: a role that may write one schema writes the log there, and it is no source")
    void oneSchemaIsEnough() throws Exception {
        String role = database.name() + "_keeper";
        database.runAsSuperuser(
                "CREATE ROLE " + role + " LOGIN PASSWORD 'keeper'", "CREATE SCHEMA books AUTHORIZATION " + role);
        try (SourceConnection source = TestDatabase.open(
                database.settings(Map.of("user", role, "password", "keeper", "bookkeeping_schema", "books")))) {
            assertThat(source.check(StateMode.WAREHOUSE).passed()).isTrue();
            apply(source, 5, 9, line(9, "a"));
            source.writeback().orElseThrow().replaceFacts(facts(START, "people"));

            assertThat(source.objects()).extracting(SourceObject::name).isEmpty();
        }
        assertThat(database.count("SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE pg_get_userbyid(c.relowner) = '" + role + "' AND n.nspname NOT LIKE 'pg\\_toast%'"
                        + " AND n.nspname <> 'books'"))
                .isZero();
    }

    @Test
    @DisplayName("WWB-3: a database with few characters keeps the payload as JSON with escapes")
    void fewCharacters() {
        StorableText few = new StorableText(false);

        assertThat(few.json("{\"a\":\"ü😀\"}")).isEqualTo("{\"a\":\"\\u00fc\\ud83d\\ude00\"}");
        assertThat(few.words("ü\0b")).isEqualTo("??b");
        assertThat(few.words("plain")).isEqualTo("plain");
        assertThat(few.json(null)).isNull();
    }

    private static void apply(SourceConnection source, long run, long offset, SyncLog.Line... lines) throws Exception {
        Bookkeeping bookkeeping = source.bookkeeping().orElseThrow();
        bookkeeping.prepare(SYNC, run, false);
        List<AcceptedChange> changes = Arrays.stream(lines)
                .<AcceptedChange>map(line -> new AcceptedChange.Dropped(line.identifier()))
                .toList();
        bookkeeping.apply(SYNC, new LogPosition(0, run, offset), changes, Optional.of(log(run, lines)));
    }

    private static SyncLog log(long run, SyncLog.Line... lines) {
        return new SyncLog(new SyncLog.Ids(SYNC.syncId(), run, 11, 12, 15, 16), List.of(lines));
    }

    private static SyncLog.Line line(long offset, String identifier) {
        return new SyncLog.Line(
                offset,
                identifier,
                "{\"id\":\"" + identifier + "\"}",
                START,
                START,
                OperationKind.UPSERT,
                SyncLog.Status.SUCCEEDED,
                null);
    }

    private static Facts facts(Instant at, String name, Facts.Named... objects) {
        return new Facts(
                at,
                List.of(
                        new Facts.SourceObject(12, "DataWarehouse::Query", name, 12L, null, null, null),
                        new Facts.SourceObject(13, null, "view", null, null, null, null)),
                List.of(new Facts.Named(15, "Salesforce::Connection", "Sales")),
                List.of(objects));
    }

    private String columns(String relation) throws SQLException {
        return rows("SELECT string_agg(column_name, ', ' ORDER BY ordinal_position) FROM information_schema.columns"
                        + " WHERE table_schema = 'sluice' AND table_name = '" + relation + "'")
                .getFirst();
    }

    private List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = database.connection().createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    values.add(String.valueOf(result.getString(column)));
                }
                rows.add(String.join("|", values));
            }
        }
        return rows;
    }
}
