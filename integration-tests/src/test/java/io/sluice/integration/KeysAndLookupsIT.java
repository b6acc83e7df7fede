package io.sluice.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.embedded.PostgresDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compound keys (KEY-3) and lookups (DST-7) through the whole stack. */
class KeysAndLookupsIT {

    private static Map<String, Object> column(String name) {
        return Map.of("from", Map.of("type", "column", "data", name), "to", name);
    }

    private static Map<String, Object> key(String... columns) {
        return Map.of(
                "from",
                Map.of("type", "compound_key", "data", List.of(columns)),
                "to",
                "key",
                "is_primary_identifier",
                true);
    }

    private static void expect(JsonNode run, long updates, long deletes, long invalid, long failed)
            throws SQLException {
        assertThat(run.path("source_record_updates").asLong())
                .as(run.toString())
                .isEqualTo(updates);
        assertThat(run.path("source_record_deletes").asLong())
                .as(run.toString())
                .isEqualTo(deletes);
        assertThat(run.path("records_invalid").asLong()).as(run.toString()).isEqualTo(invalid);
        assertThat(run.path("records_failed").asLong()).as(run.toString()).isEqualTo(failed);
        Syncs.assertTrackingMatches(run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"basic", "advanced"})
    @DisplayName("KEY-3: a mirror by a compound key: nulls, duplicates, changes, deletes, and another key (KEY-12)")
    void compoundKeys(String engine) throws SQLException {
        PostgresDatabase database = StackUnderTest.database("keys_" + engine);
        Tables.execute(database, "create table stock (shop text, item integer, n integer)");
        Tables.execute(database, "create table copy (key text primary key, n integer)");
        Tables.execute(database, "insert into copy values ('theirs', 1)");
        Tables.execute(
                database,
                "insert into stock values ('a|', 1, 10), ('a', 1, 11), ('b', 1, 12), ('b', 2, 13), (null, 2, 14),"
                        + " ('c', 3, 15), ('c', 3, 15)");
        Syncs syncs = new Syncs(database, database, engine);
        long sync = syncs.createMapped("stock", "copy", "mirror", List.of(key("shop", "item"), column("n")), Map.of());

        JsonNode first = syncs.run(sync);
        expect(first, 4, 0, 3, 0);
        assertThat(Syncs.tracked(sync, first.path("id").asLong()))
                .isEqualTo(Map.of("succeeded", 4L, "NULL", 1L, "DUPLICATE", 2L));
        assertThat(copy(database)).containsExactly("a\\||1 10", "a|1 11", "b|1 12", "b|2 13", "theirs 1");
        expect(syncs.run(sync), 0, 0, 3, 0);

        Tables.execute(database, "update stock set n = 20 where shop = 'a'");
        Tables.execute(database, "delete from stock where shop = 'b' and item = 2 or shop is null");
        Tables.execute(database, "insert into stock values ('b', 1, 12)");
        expect(syncs.run(sync), 1, 1, 4, 0);
        assertThat(copy(database)).containsExactly("a\\||1 10", "a|1 20", "b|1 12", "theirs 1");

        // another order is another key: nothing is deleted under the old one
        Map<String, Object> otherKey = Map.of("mappings", List.of(key("item", "shop"), column("n")));
        assertThatThrownBy(() -> syncs.change(sync, otherKey)).hasMessageContaining("KEY_CHANGE_UNCONFIRMED");
        syncs.change(sync, Map.of("confirm_key_change", true, "mappings", List.of(key("item", "shop"), column("n"))));
        JsonNode changed = syncs.run(sync);
        expect(changed, 2, 0, 4, 0);
        assertThat(changed.path("full_sync_reasons").toString()).contains("KEY_CHANGED");
        assertThat(copy(database)).containsExactly("1|a 20", "1|a\\| 10", "a\\||1 10", "a|1 20", "b|1 12", "theirs 1");
        Tables.execute(database, "delete from stock where shop = 'a'");
        expect(syncs.run(sync), 0, 1, 4, 0);
        assertThat(copy(database)).containsExactly("1|a\\| 10", "a\\||1 10", "a|1 20", "b|1 12", "theirs 1");
    }

    private static List<String> copy(PostgresDatabase database) throws SQLException {
        return Tables.strings(database, "select key || ' ' || n from copy order by key collate \"C\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"basic", "advanced"})
    @DisplayName(
            "DST-7: looked-up keys arrive; what is not found or ambiguous is rejected, and comes when it is mended")
    void lookups(String engine) throws SQLException {
        PostgresDatabase database = StackUnderTest.database("lookups_" + engine);
        Tables.execute(database, "create table people (id integer primary key, country text)");
        Tables.execute(database, "create table countries (number integer primary key, code text)");
        Tables.execute(
                database, "create table crm (id integer primary key, country integer references countries (number))");
        Tables.execute(database, "insert into countries values (49, 'de'), (33, 'fr'), (1, 'xx'), (2, 'xx')");
        Tables.execute(
                database, "insert into people values (1, 'de'), (2, 'fr'), (3, null), (4, 'xx'), (5, 'it'), (6, 'de')");
        Syncs syncs = new Syncs(database, database, engine);
        Map<String, Object> country = Map.of(
                "from",
                Map.of("type", "column", "data", "country"),
                "to",
                "country",
                "lookup_object",
                "public.countries",
                "lookup_field",
                "code");
        long sync = syncs.createMapped(
                "people",
                "crm",
                "upsert",
                List.of(
                        Map.of(
                                "from",
                                Map.of("type", "column", "data", "id"),
                                "to",
                                "id",
                                "is_primary_identifier",
                                true),
                        country),
                Map.of());

        expect(syncs.run(sync), 6, 0, 0, 2);
        assertThat(crm(database)).containsExactly("1 49", "2 33", "3 -", "6 49");
        expect(syncs.run(sync), 2, 0, 0, 2);

        Tables.execute(database, "insert into countries values (39, 'it')");
        Tables.execute(database, "delete from countries where number = 2");
        expect(syncs.run(sync), 2, 0, 0, 0);
        assertThat(crm(database)).containsExactly("1 49", "2 33", "3 -", "4 1", "5 39", "6 49");
        expect(syncs.run(sync), 0, 0, 0, 0);

        try (HookReceiver receiver = new HookReceiver()) {
            Syncs hooks = Syncs.toWebhook(database, Map.of("url", receiver.url()));
            assertThatThrownBy(() -> hooks.createMapped(
                            "people",
                            Syncs.WEBHOOK_OBJECT,
                            "upsert",
                            List.of(
                                    Map.of(
                                            "from",
                                            Map.of("type", "column", "data", "id"),
                                            "to",
                                            "id",
                                            "is_primary_identifier",
                                            true),
                                    country),
                            Map.of()))
                    .hasMessageContaining("FIELD_OPTION_NOT_SUPPORTED");
        }
    }

    private static List<String> crm(PostgresDatabase database) throws SQLException {
        return Tables.strings(database, "select id || ' ' || coalesce(country::text, '-') from crm order by id");
    }
}
