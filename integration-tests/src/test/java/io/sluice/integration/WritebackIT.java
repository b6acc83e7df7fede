package io.sluice.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.embedded.PostgresDatabase;
import io.sluice.testsupport.Eventually;
import io.sluice.testsupport.fault.HttpReply;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A source that keeps a log of what became of every record (WWB-1 to WWB-6). */
class WritebackIT {

    @Test
    @DisplayName("WWB-2, WWB-3: sync_log has what was sent, accepted or not, run by run, and nothing of invalid rows")
    void everyOperationIsLogged() throws Exception {
        // Given
        PostgresDatabase database = StackUnderTest.database("writeback");
        Tables.execute(database, "create table people (id integer, name text, amount numeric(12,2))");
        Tables.execute(database, "insert into people select i, 'p' || i, i / 3.0 from generate_series(1, 1000) i");
        Tables.execute(database, "update people set name = 'bad' where id in (20, 21)");
        Tables.execute(database, "insert into people values (7, 'again', 1), (null, 'nobody', 2)");
        Tables.execute(
                database,
                "create table people_copy (id integer primary key, name text check (name <> 'bad'), amount numeric(12,2))");
        Syncs syncs = Syncs.logged(database, database);
        long sync = syncs.create("people", "people_copy", "mirror", List.of("id", "name", "amount"));

        // When
        JsonNode first = syncs.run(sync);

        // Then
        long firstRun = first.path("id").asLong();
        assertThat(first.path("records_invalid").asLong()).isEqualTo(3);
        assertLogMatches(database, first);
        Syncs.assertTrackingMatches(first);
        assertThat(Tables.strings(
                        database,
                        "select record_identifier || ' ' || operation || ' ' || status || ' ' || (record_payload ->> 'name')"
                                + " || ' ' || (status_message like '%people_copy_name_check%') from sluice.sync_log"
                                + " where status <> 'succeeded' order by 1"))
                .containsExactly("20 upsert rejected bad true", "21 upsert rejected bad true");
        assertThat(Tables.count(
                        database,
                        "select count(*) from sluice.sync_log l join people_copy c on c.id::text = l.record_identifier"
                                + " and c.name = l.record_payload ->> 'name' and c.amount = (l.record_payload ->>"
                                + " 'amount')::numeric and c.id = (l.record_payload ->> 'id')::int where sync_run_id = "
                                + firstRun + " and batch_started_at <= batch_completed_at"
                                + " and batch_completed_at <= _census_logged_at + interval '1 second'"))
                .isEqualTo(first.path("records_updated").asLong());

        // and when rows change and leave
        Tables.execute(database, "update people set amount = amount + 1 where id between 100 and 109");
        Tables.execute(database, "delete from people where id > 995");
        JsonNode second = syncs.run(sync);

        assertLogMatches(database, second);
        assertThat(Tables.strings(
                        database,
                        "select operation || ' ' || status || ' ' || count(*) || ' ' || min(record_payload::text)"
                                + " from sluice.sync_log where sync_run_id = "
                                + second.path("id").asLong() + " group by operation, status order by 1"))
                .containsExactly(
                        "delete succeeded 5 {\"id\":1000}",
                        "upsert rejected 2 {\"id\":20,\"name\":\"bad\",\"amount\":6.67}",
                        "upsert succeeded 10 {\"id\":100,\"name\":\"p100\",\"amount\":34.33}");

        // and when the sync wants no log
        syncs.change(sync, Map.of("enable_sync_logs", false));
        Tables.execute(database, "update people set amount = 0 where id = 50");
        JsonNode third = syncs.run(sync);
        assertThat(third.path("records_updated").asLong()).isEqualTo(1);
        assertThat(lines(database, third.path("id").asLong(), "true")).isZero();
    }

    @Test
    @DisplayName(
            "WWB-6, AC-15: a cancelled run says which records it accepted and which it never tried; those come later")
    void whatWasNeverTriedIsAborted() throws Exception {
        int rows = 4_000;
        PostgresDatabase database = StackUnderTest.database("aborted");
        Tables.execute(database, "create table many (id integer primary key, version bigint)");
        Tables.execute(database, "insert into many select i, i from generate_series(1, " + rows + ") i");
        CountDownLatch underWay = new CountDownLatch(10);
        CountDownLatch canceled = new CountDownLatch(1);
        try (HookReceiver receiver = new HookReceiver()) {
            Syncs hooks = Syncs.loggedToWebhook(
                    database, Map.of("url", receiver.url(), "records_per_request", 50, "timeout", 60));
            long sync = hooks.create("many", Syncs.WEBHOOK_OBJECT, "upsert", List.of("id", "version"));
            receiver.mood((request, records) -> {
                underWay.countDown();
                if (underWay.getCount() == 0) {
                    waitFor(canceled);
                }
                return new HookReceiver.Decision(true, HttpReply.OK);
            });

            // When
            long run = hooks.trigger(sync);
            waitFor(underWay);
            hooks.cancel(run);
            canceled.countDown();
            JsonNode first = hooks.await(run);

            // Then
            assertThat(first.path("canceled").asBoolean()).as(first.toString()).isTrue();
            Syncs.assertCountersAddUp(first);
            Syncs.assertTrackingMatches(first);
            assertLogMatches(database, first);
            long aborted = lines(database, run, "status = 'aborted'");
            assertThat(aborted)
                    .isBetween(1L, rows - first.path("records_processed").asLong());
            assertThat(lines(
                            database,
                            run,
                            "status = 'aborted' and record_payload is null and batch_started_at is null"
                                    + " and operation = 'upsert'"))
                    .isEqualTo(aborted);
            assertThat(Tables.count(
                            database,
                            "select count(distinct record_identifier) from sluice.sync_log where sync_run_id = " + run))
                    .isEqualTo(aborted + first.path("records_processed").asLong());

            JsonNode second = hooks.run(sync);
            assertLogMatches(database, second);
            assertThat(Tables.count(
                            database,
                            "select count(*) from sluice.sync_log_latest where status = 'succeeded' and sync_id = "
                                    + sync))
                    .isEqualTo(rows);
        }
    }

    @Test
    @DisplayName("WWB-2, AC-22: the extractor is killed before state and log are saved: each line is there once")
    void killedBeforeTheLogIsWritten() throws Exception {
        PostgresDatabase database = StackUnderTest.database("unlogged");
        Tables.execute(database, "create table people (id integer primary key, name text)");
        Tables.execute(database, "insert into people select i, 'p' || i from generate_series(1, 2000) i");
        Tables.execute(database, "create table people_copy (like people including all)");
        Syncs syncs = Syncs.logged(database, database);
        long sync = syncs.create("people", "people_copy", "mirror", List.of("id", "name"));
        syncs.run(sync);
        Tables.execute(database, "update people set name = 'new' where id <= 1500");
        long run;
        try (Connection locker = database.connect();
                Statement statement = locker.createStatement()) {
            // Given a run whose lines cannot be written yet
            locker.setAutoCommit(false);
            statement.execute("lock table sluice.sync_log_entries in exclusive mode");
            run = syncs.trigger(sync);
            Eventually.eventually(Duration.ofSeconds(60), () -> assertThat(
                            Tables.count(database, "select count(*) from people_copy where name = 'new'"))
                    .isEqualTo(1500));
            assertThat(syncs.get(run).path("completed_at").isNull()).isTrue();

            // When
            Optional<Long> before = StackUnderTest.pid("extractor");
            StackUnderTest.kill("extractor");
            StackUnderTest.awaitRestart("extractor", before);
            locker.rollback();
        }

        // Then
        JsonNode ended = syncs.await(run);
        Syncs.assertCompleted(ended);
        assertThat(ended.path("records_updated").asLong()).isEqualTo(1500);
        assertLogMatches(database, ended);
        assertThat(syncs.run(sync).path("records_processed").asLong()).isZero();
    }

    /** The log says of each record that was sent what the counters say, once. */
    private static void assertLogMatches(PostgresDatabase database, JsonNode run) throws Exception {
        long id = run.path("id").asLong();
        assertThat(lines(database, id, "status = 'succeeded'"))
                .as("succeeded lines of " + run)
                .isEqualTo(run.path("records_updated").asLong());
        assertThat(lines(database, id, "status = 'rejected'"))
                .as("rejected lines of " + run)
                .isEqualTo(run.path("records_failed").asLong());
        assertThat(Tables.count(
                        database,
                        "select count(*) - count(distinct record_identifier) from sluice.sync_log where sync_run_id = "
                                + id))
                .as("lines too many of " + run)
                .isZero();
    }

    private static long lines(PostgresDatabase database, long run, String condition) throws Exception {
        return Tables.count(
                database,
                "select count(*) from sluice.sync_log where sync_run_id = " + run + " and (" + condition + ")");
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}
