package io.sluice.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.embedded.PostgresDatabase;
import io.sluice.testsupport.Eventually;
import io.sluice.testsupport.fault.HttpRequestSeen;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Points of the acceptance list (AC) that need the whole stack and no other test proves. */
class AcceptanceIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private PostgresDatabase database;

    @BeforeEach
    void makeTables() throws SQLException {
        database = StackUnderTest.database("acceptance");
        Tables.execute(database, "create table people (id integer primary key, name text, nick text, secret text)");
        Tables.execute(database, "create table crm (id integer primary key, name text, nick text)");
        Tables.execute(database, "insert into people select i, 'p' || i, 'n' || i, 's' from generate_series(1, 40) i");
    }

    private static Map<String, Object> mapping(String column, boolean key, Map<String, Object> more) {
        Map<String, Object> mapping = new HashMap<>(
                Map.of("from", Map.of("type", "column", "data", column), "to", column, "is_primary_identifier", key));
        mapping.putAll(more);
        return mapping;
    }

    private static long processed(JsonNode run) throws SQLException {
        Syncs.assertTrackingMatches(run);
        return run.path("records_processed").asLong();
    }

    @Test
    @DisplayName("AC-2: the edit of a column that nothing maps processes no record, wherever the state is kept")
    void unmappedColumn() throws SQLException {
        for (String engine : List.of("basic", "advanced")) {
            Tables.execute(database, "truncate crm");
            Syncs syncs = new Syncs(database, database, engine);
            long sync = syncs.create("people", "crm", "upsert", List.of("id", "name", "nick"));
            assertThat(processed(syncs.run(sync))).isEqualTo(40);

            Tables.execute(database, "update people set secret = secret || '!'");
            JsonNode second = syncs.run(sync);
            assertThat(processed(second)).as(engine).isZero();
            assertThat(second.path("source_record_count").asLong()).isEqualTo(40);

            Tables.execute(database, "update people set nick = nick || '!', secret = '' where id = 7");
            assertThat(processed(syncs.run(sync))).as(engine).isEqualTo(1);
        }
    }

    @Test
    @DisplayName(
            "AC-13/MAP-5: a null clears the field, unless nulls are not synced: then the record is sent without it")
    void nulls() throws Exception {
        List<Map<String, Object>> mappings = List.of(
                mapping("id", true, Map.of()),
                mapping("name", false, Map.of()),
                mapping("nick", false, Map.of("sync_null_values", false)));
        Syncs syncs = new Syncs(database, database);
        long sync = syncs.createMapped("people", "crm", "upsert", mappings, Map.of());
        syncs.run(sync);

        Tables.execute(database, "update people set name = null, nick = null where id <= 3");
        assertThat(processed(syncs.run(sync))).isEqualTo(3);

        assertThat(Tables.strings(
                        database,
                        "select id || coalesce(name, '-') || coalesce(nick, '-') from crm where id < 5 order by id"))
                .containsExactly("1-n1", "2-n2", "3-n3", "4p4n4");

        // a receiver that takes what it is sent sees the difference itself
        try (HookReceiver receiver = new HookReceiver()) {
            Syncs hooks = Syncs.toWebhook(database, Map.of("url", receiver.url(), "records_per_request", 100));
            hooks.run(hooks.createMapped("people", Syncs.WEBHOOK_OBJECT, "upsert", mappings, Map.of()));
            assertThat(sent(receiver))
                    .hasSize(40)
                    .contains("{\"id\":2,\"name\":null}", "{\"id\":4,\"name\":\"p4\",\"nick\":\"n4\"}");
        }
    }

    @Test
    @DisplayName(
            "AC-11/AC-12: a mapping that is added sends everything and says why; one that is removed leaves its values")
    void addedAndRemovedMappings() throws SQLException {
        List<Map<String, Object>> two = List.of(mapping("id", true, Map.of()), mapping("name", false, Map.of()));
        List<Map<String, Object>> three = new ArrayList<>(two);
        three.add(mapping("nick", false, Map.of()));
        Syncs syncs = new Syncs(database, database);
        long sync = syncs.createMapped("people", "crm", "upsert", two, Map.of());
        syncs.run(sync);

        syncs.change(sync, Map.of("mappings", three));
        JsonNode added = syncs.run(sync);
        assertThat(processed(added)).isEqualTo(40);
        assertThat(added.path("full_sync_reasons").toString()).isEqualTo("[\"MAPPING_ADDED\"]");
        assertThat(Tables.count(database, "select count(*) from crm where nick = 'n' || id"))
                .isEqualTo(40);

        syncs.change(sync, Map.of("mappings", two));
        Tables.execute(database, "update people set nick = 'changed', name = 'new' where id <= 5");
        // a fingerprint covers all mapped columns, so without one of them each record is sent once more, and that is
        // all
        assertThat(processed(syncs.run(sync))).isEqualTo(40);
        assertThat(processed(syncs.run(sync))).isZero();
        assertThat(Tables.count(database, "select count(*) from crm where nick = 'n' || id"))
                .isEqualTo(40);
        assertThat(Tables.count(database, "select count(*) from crm where name = 'new'"))
                .isEqualTo(5);
    }

    private static List<String> sent(HookReceiver receiver) throws IOException {
        List<String> records = new ArrayList<>();
        for (HttpRequestSeen request : receiver.requests()) {
            JSON.readTree(request.body())
                    .path("records")
                    .forEach(each -> records.add(each.path("record").toString()));
        }
        return records;
    }

    @Test
    @DisplayName("AC-14/RUN-15: a schedule that comes due during a run is recorded as skipped and sends nothing")
    void overlap() throws Exception {
        Syncs syncs = new Syncs(database, database);
        long sync = syncs.create("people", "crm", "upsert", List.of("id", "name"));
        JsonNode skipped;
        long run;
        try (Connection locker = database.connect();
                Statement statement = locker.createStatement()) {
            // Given a run that cannot go on, because somebody holds its source
            locker.setAutoCommit(false);
            statement.execute("lock table people in access exclusive mode");
            run = syncs.trigger(sync);

            // When it is due again
            syncs.change(sync, Map.of("schedule_frequency", "expression", "cron_expression", "* * * * *"));
            skipped = Eventually.await("a skipped run", Duration.ofSeconds(100), () -> syncs.runs(sync)
                    .valueStream()
                    .filter(each -> each.path("id").asLong() != run)
                    .findFirst());
            syncs.change(sync, Map.of("schedule_frequency", "never"));
            assertThatThrownBy(() -> syncs.trigger(sync)).hasMessageContaining("SYNC_ALREADY_RUNNING");
            assertThat(syncs.get(run).path("completed_at").isNull()).isTrue();
            locker.rollback();
        }

        // Then
        assertThat(skipped.path("status").asText()).as(skipped.toString()).isEqualTo("skipped");
        assertThat(skipped.path("error_message").asText()).contains(Long.toString(run));
        assertThat(skipped.path("records_processed").asLong()).isZero();
        assertThat(Syncs.trackingFolder(sync, skipped.path("id").asLong())).doesNotExist();
        JsonNode first = syncs.await(run);
        Syncs.assertCompleted(first);
        assertThat(processed(first)).isEqualTo(40);
    }
}
