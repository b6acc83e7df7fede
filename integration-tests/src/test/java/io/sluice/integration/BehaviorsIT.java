package io.sluice.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.embedded.PostgresDatabase;
import io.sluice.standalone.api.CallFailed;
import io.sluice.testsupport.fault.HttpReply;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every behavior through the whole stack: what reaches the destination, the counters, the tracking rows. */
class BehaviorsIT {
    private static final List<String> COLUMNS = List.of("id", "name");
    private PostgresDatabase database;
    private Syncs syncs;

    @BeforeEach
    void makeTables() throws SQLException {
        database = StackUnderTest.database("behaviors");
        Tables.execute(database, "create table people (id integer, name text)");
        Tables.execute(database, "create table crm (id integer primary key, name text, note text)");
        syncs = new Syncs(database, database);
    }

    private List<String> crm() throws SQLException {
        return Tables.strings(database, "select id || ' ' || coalesce(name, '-') from crm order by id");
    }

    private void source(String... rows) throws SQLException {
        Tables.execute(database, "truncate people");
        for (String row : rows) {
            String[] parts = row.split(" ");
            Tables.execute(database, "insert into people values (" + parts[0] + ", '" + parts[1] + "')");
        }
    }

    private void expect(JsonNode run, long updates, long deletes, long failed) throws SQLException {
        assertThat(run.path("source_record_updates").asLong())
                .as(run.toString())
                .isEqualTo(updates);
        assertThat(run.path("source_record_deletes").asLong())
                .as(run.toString())
                .isEqualTo(deletes);
        assertThat(run.path("records_failed").asLong()).as(run.toString()).isEqualTo(failed);
        Syncs.assertTrackingMatches(run);
    }

    @Test
    @DisplayName("BEH-2/BEH-15: update never creates; what has no match is rejected, and written once it is there")
    void update() throws SQLException {
        Tables.execute(database, "insert into crm values (1, 'old')");
        source("1 ann", "2 bob");
        long sync = syncs.create("people", "crm", "update", COLUMNS);

        expect(syncs.run(sync), 2, 0, 1);
        assertThat(crm()).containsExactly("1 ann");
        expect(syncs.run(sync), 1, 0, 1);

        Tables.execute(database, "insert into crm values (2, 'theirs')");
        expect(syncs.run(sync), 1, 0, 0);
        assertThat(crm()).containsExactly("1 ann", "2 bob");
        expect(syncs.run(sync), 0, 0, 0);
    }

    @Test
    @DisplayName(
            "BEH-3/BEH-16: create never modifies, remembers what is there, and creates again what was gone and is back")
    void insert() throws SQLException {
        Tables.execute(database, "insert into crm values (1, 'theirs')");
        source("1 ann", "2 bob");
        long sync = syncs.create("people", "crm", "insert", COLUMNS);

        expect(syncs.run(sync), 2, 0, 0);
        assertThat(crm()).containsExactly("1 theirs", "2 bob");
        source("1 ann2", "2 bob2");
        expect(syncs.run(sync), 0, 0, 0);

        source("1 ann2");
        expect(syncs.run(sync), 0, 0, 0);
        Tables.execute(database, "delete from crm where id = 2");
        source("1 ann2", "2 again");
        expect(syncs.run(sync), 1, 0, 0);
        assertThat(crm()).containsExactly("1 theirs", "2 again");
    }

    @Test
    @DisplayName(
            "BEH-6: delete removes what the source lists, once, and again when it was off the list; both confirmed")
    void delete() throws SQLException {
        Tables.execute(database, "insert into crm select i, 'x' from generate_series(1, 5) i");
        source("2 x", "4 x");
        assertThatThrownBy(() -> syncs.create("people", "crm", "delete", List.of("id")))
                .isInstanceOf(CallFailed.class)
                .hasMessageContaining("confirm_delete");
        long sync = syncs.create("people", "crm", "delete", List.of("id"), Map.of("confirm_delete", true));
        assertThatThrownBy(() -> syncs.trigger(sync)).hasMessageContaining("confirm_removals");

        JsonNode dry = syncs.dryRun(sync);
        assertThat(dry.path("dry_run").path("deletes").asLong()).isEqualTo(2);
        assertThat(dry.path("dry_run").path("destination_before").asLong()).isEqualTo(5);
        assertThat(dry.path("dry_run").path("destination_after").asLong()).isEqualTo(3);
        assertThat(crm()).hasSize(5);

        expect(syncs.await(syncs.trigger(sync, Map.of("confirm_removals", true))), 0, 2, 0);
        assertThat(crm()).containsExactly("1 x", "3 x", "5 x");
        expect(syncs.run(sync), 0, 0, 0);
        source("2 x");
        expect(syncs.run(sync), 0, 0, 0);
        Tables.execute(database, "insert into crm values (4, 'back')");
        source("2 x", "4 x");
        expect(syncs.run(sync), 0, 1, 0);
        assertThat(crm()).containsExactly("1 x", "3 x", "5 x");
    }

    @Test
    @DisplayName("BEH-9: a mirror may set removed records to null, and forgets them then")
    void mirrorWithNulls() throws SQLException {
        source("1 ann", "2 bob");
        long sync =
                syncs.create("people", "crm", "mirror", COLUMNS, Map.of("mirror_strategy", "sync_updates_and_nulls"));
        expect(syncs.run(sync), 2, 0, 0);
        Tables.execute(database, "update crm set note = 'mine'");

        source("1 ann");
        expect(syncs.run(sync), 0, 1, 0);

        assertThat(crm()).containsExactly("1 ann", "2 -");
        assertThat(Tables.count(database, "select count(*) from crm where note = 'mine'"))
                .isEqualTo(2);
        expect(syncs.run(sync), 0, 0, 0);
    }

    @Test
    @DisplayName("The removal guard: an emptied source removes nothing until the run is confirmed")
    void removalGuard() throws SQLException {
        Tables.execute(database, "insert into people select i, 'p' || i from generate_series(1, 400) i");
        long sync = syncs.create("people", "crm", "mirror", COLUMNS);
        syncs.run(sync);

        Tables.execute(database, "delete from people where id > 290");
        JsonNode refused = syncs.await(syncs.trigger(sync));
        assertThat(refused.path("status").asText()).isEqualTo("failed");
        assertThat(refused.path("error_code").asText()).isEqualTo("REMOVALS_REFUSED");
        assertThat(refused.path("error_message").asText())
                .contains("110 records of the 400")
                .contains("confirm_removals");
        assertThat(crm()).hasSize(400);

        JsonNode confirmed = syncs.await(syncs.trigger(sync, Map.of("confirm_removals", true)));
        Syncs.assertCompleted(confirmed);
        expect(confirmed, 0, 110, 0);
        assertThat(crm()).hasSize(290);

        // a few are allowed without a word
        Tables.execute(database, "delete from people where id > 200");
        expect(syncs.run(sync), 0, 90, 0);
    }

    @Test
    @DisplayName(
            "AC-21/DRY-3: a dry run tells what a run would do; afterwards the run does it, and only the run is tracked")
    void dryRun() throws SQLException {
        source("1 ann", "2 bob", "3 cid");
        long sync = syncs.create("people", "crm", "mirror", COLUMNS);
        syncs.run(sync);
        source("1 ann", "2 bobby", "4 dan", "5 eve", "5 eve");

        JsonNode dry = syncs.dryRun(sync);

        assertThat(dry.path("status").asText()).as(dry.toString()).isEqualTo("completed");
        assertThat(dry.path("records_processed").asLong()).isZero();
        JsonNode report = dry.path("dry_run");
        assertThat(report.path("source_records").asLong()).isEqualTo(5);
        assertThat(report.path("changed").asLong()).isEqualTo(3);
        assertThat(report.path("invalid").asLong()).isEqualTo(2);
        assertThat(report.path("creates").asLong()).isEqualTo(1);
        assertThat(report.path("updates").asLong()).isEqualTo(1);
        assertThat(report.path("deletes").asLong()).isEqualTo(1);
        assertThat(Syncs.trackingFolder(sync, dry.path("id").asLong())).doesNotExist();
        assertThat(crm()).containsExactly("1 ann", "2 bob", "3 cid");

        expect(syncs.run(sync), 2, 1, 0);
        assertThat(crm()).containsExactly("1 ann", "2 bobby", "4 dan");
    }

    @Test
    @DisplayName(
            "AC-15/RUN-16: of a first run that is cancelled what was accepted stays, the next run sends only the rest")
    void cancelMidRun() throws Exception {
        int rows = 6_000;
        Tables.execute(database, "create table many (id integer primary key, version bigint)");
        Tables.execute(database, "insert into many select i, i from generate_series(1, " + rows + ") i");
        CountDownLatch underWay = new CountDownLatch(10);
        CountDownLatch canceled = new CountDownLatch(1);
        try (HookReceiver receiver = new HookReceiver()) {
            Syncs hooks =
                    Syncs.toWebhook(database, Map.of("url", receiver.url(), "records_per_request", 50, "timeout", 60));
            long sync = hooks.create("many", Syncs.WEBHOOK_OBJECT, "upsert", List.of("id", "version"));
            receiver.mood((request, records) -> {
                underWay.countDown();
                if (underWay.getCount() == 0) {
                    waitFor(canceled);
                }
                return new HookReceiver.Decision(true, HttpReply.OK);
            });

            long run = hooks.trigger(sync);
            waitFor(underWay);
            hooks.cancel(run);
            canceled.countDown();
            JsonNode first = hooks.await(run);

            assertThat(first.path("canceled").asBoolean()).as(first.toString()).isTrue();
            long accepted = first.path("records_updated").asLong();
            assertThat(accepted).isBetween(450L, rows - 1L);
            Syncs.assertTrackingMatches(first);
            JsonNode second = hooks.run(sync);
            expect(second, rows - accepted, 0, 0);
            assertThat(second.path("full_sync_reasons").toString()).contains("UNFINISHED_FULL_SYNC");
            assertThat(receiver.held()).hasSize(rows);
            assertThat(receiver.repeated()).isZero();
            expect(hooks.run(sync), 0, 0, 0);
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    @Test
    @DisplayName(
            "AC-9/AC-10: appends skip what is there, send each row once, follow the high-water mark, and are never forced")
    void append() throws SQLException {
        try (HookReceiver receiver = new HookReceiver()) {
            Tables.execute(database, "create table events (id integer primary key, version bigint)");
            Tables.execute(database, "insert into events select i, i from generate_series(1, 10) i");
            Syncs hooks = Syncs.toWebhook(database, Map.of("url", receiver.url(), "records_per_request", 50));
            List<String> columns = List.of("id", "version");
            long all = hooks.create("events", Syncs.WEBHOOK_OBJECT, "append", columns);
            long skipping = hooks.create(
                    "events",
                    Syncs.WEBHOOK_OBJECT,
                    "append",
                    columns,
                    Map.of("historical_sync_operation", "skip_current_records"));
            long marked = hooks.create(
                    "events", Syncs.WEBHOOK_OBJECT, "append", columns, Map.of("high_water_mark_attribute", "version"));

            expect(hooks.run(all), 10, 0, 0);
            expect(hooks.run(skipping), 0, 0, 0);
            expect(hooks.run(marked), 9, 0, 0);
            assertThatThrownBy(() -> hooks.trigger(all, Map.of("force_full_sync", true)))
                    .hasMessageContaining("force_full_sync");

            Tables.execute(database, "update events set version = version + 1000 where id < 3");
            Tables.execute(database, "insert into events select i, i from generate_series(11, 13) i");
            expect(hooks.run(all), 3, 0, 0);
            expect(hooks.run(skipping), 3, 0, 0);
            // 10 to 13, not the edited ones, which were sent
            expect(hooks.run(marked), 4, 0, 0);
            expect(hooks.run(all), 0, 0, 0);
        }
    }
}
