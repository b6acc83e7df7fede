package io.sluice.connector.destination.postgres;

import static io.sluice.connector.destination.postgres.TestDatabase.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connector.destination.BatchResult;
import io.sluice.connector.destination.DestinationBatch;
import io.sluice.connector.destination.DestinationConnection;
import io.sluice.connector.destination.DestinationRecord;
import io.sluice.connector.destination.DestinationWriter;
import io.sluice.operation.OperationKind;
import io.sluice.testsupport.Eventually;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Locks, lost connections, missing rights: what the engine is told of them. */
class PostgresTroubleIT {
    private static final List<String> FIELDS = List.of("id", "v");
    private static final String TABLE = "public.things";

    private TestDatabase database;

    @BeforeEach
    void start() throws Exception {
        database = new TestDatabase(Map.of("statement_timeout_seconds", 1));
        database.execute("create table things (id int primary key, v text)");
    }

    @AfterEach
    void stop() {
        database.close();
    }

    @Test
    void aLockHeldTooLongMeansLaterAndChangesNothing() throws Exception {
        try (Connection other = database.database().connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table things in access exclusive mode");
            // The writer is opened before: the catalog can be read, the table cannot be written.
            assertThat(upsert(sent(1, "a"), sent(2, "b")))
                    .isInstanceOfSatisfying(BatchResult.RetryLater.class, later -> {
                        assertThat(later.reason()).contains("statement timeout");
                        assertThat(later.ifExhausted()).isEmpty();
                    });
            other.rollback();
        }
        assertThat(database.row("select count(*) from things")).containsExactly("0");
        assertThat(upsert(sent(1, "a"), sent(2, "b"))).isEqualTo(new BatchResult.AllAccepted());
    }

    @Test
    void aDeadlockMeansLater() throws Exception {
        database.execute("insert into things values (1, 'x'), (2, 'x')");
        database.executeAsSuperuser("alter role " + database.database().user() + " set deadlock_timeout = '100ms'");
        try (DestinationConnection patient =
                        TestDatabase.open(database.database(), Map.of("statement_timeout_seconds", 30));
                DestinationWriter writer = patient.openWriter(TestDatabase.plan(TABLE, FIELDS));
                Connection other = database.superuser().connect();
                Statement statement = other.createStatement()) {
            statement.execute("set deadlock_timeout = '20s'");
            other.setAutoCommit(false);
            statement.execute("update things set v = 'y' where id = 2");
            CompletableFuture<BatchResult> writing = CompletableFuture.supplyAsync(() ->
                    writer.write(new DestinationBatch(OperationKind.UPSERT, List.of(sent(1, "a"), sent(2, "b")))));
            awaitLockWait();
            statement.execute("update things set v = 'y' where id = 1");
            other.commit();

            assertThat(writing.get(30, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(BatchResult.RetryLater.class, later -> {
                        assertThat(later.reason()).contains("deadlock");
                        assertThat(later.ifExhausted()).isEmpty();
                    });
            assertThat(database.rows("select v from things")).containsOnly(List.of("y"));
        }
    }

    @Test
    void aConnectionLostBeforeTheCommitMeansLaterAndTheNextBatchGetsANewOne() throws Exception {
        try (DestinationWriter writer = database.connection().openWriter(TestDatabase.plan(TABLE, FIELDS))) {
            assertThat(writer.write(batch(sent(1, "a")))).isEqualTo(new BatchResult.AllAccepted());
            terminateSluiceSessions();

            assertThat(writer.write(batch(sent(2, "b"))))
                    .isInstanceOfSatisfying(BatchResult.RetryLater.class, later -> assertThat(later.ifExhausted())
                            .isPresent());
            assertThat(database.row("select count(*) from things")).containsExactly("1");
            assertThat(writer.write(batch(sent(2, "b")))).isEqualTo(new BatchResult.AllAccepted());
        }
        assertThat(database.row("select count(*) from things")).containsExactly("2");
    }

    @Test
    void aConnectionLostDuringTheCommitMeansUnknown() throws Exception {
        database.execute(
                """
                create function die() returns trigger security definer language plpgsql as $$
                begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
                create constraint trigger dies after insert on things deferrable initially deferred
                for each row execute function die();
                """);

        assertThat(upsert(sent(1, "a"))).isInstanceOf(BatchResult.Unknown.class);
        assertThat(upsert(sent(1, "a"), sent(2, "b"))).isInstanceOf(BatchResult.Unknown.class);
        database.execute("drop trigger dies on things");
        assertThat(upsert(sent(1, "a"), sent(2, "b"))).isEqualTo(new BatchResult.AllAccepted());
        assertThat(database.row("select count(*) from things")).containsExactly("2");
    }

    @Test
    void aTableThatGoesAwayOrALostRightFailsTheRun() throws Exception {
        try (DestinationWriter writer = database.connection().openWriter(TestDatabase.plan(TABLE, FIELDS))) {
            assertThat(writer.write(batch(sent(1, "a")))).isEqualTo(new BatchResult.AllAccepted());

            database.execute("alter table things rename v to w");
            assertFailed(writer.write(batch(sent(1, "a"))), "COLUMN_NOT_FOUND");
            database.execute("drop table things");
            assertFailed(writer.write(batch(sent(1, "a"), sent(2, "b"))), "OBJECT_NOT_FOUND");

            database.execute("create table things (id int primary key, v text)");
            database.executeAsSuperuser("alter table things owner to postgres");
            database.executeAsSuperuser(
                    "grant select on things to " + database.database().user());
            assertFailed(writer.write(batch(sent(1, "a"), sent(2, "b"))), "PERMISSION_DENIED");
        }
    }

    @Test
    void aTypeThatChangesBetweenRunsIsSeenByTheNextWriter() throws Exception {
        assertThat(upsert(sent(1, "12"))).isEqualTo(new BatchResult.AllAccepted());
        database.execute("alter table things alter v type int using v::int");
        assertThat(upsert(sent(2, "13"))).isEqualTo(new BatchResult.AllAccepted());
        assertThat(upsert(sent(3, "abc"))).isInstanceOf(BatchResult.PerRecord.class);
    }

    @Test
    void closingTheConnectionEndsAWriteInProgress() throws Exception {
        DestinationConnection connection =
                TestDatabase.open(database.database(), Map.of("statement_timeout_seconds", 60));
        DestinationWriter writer = connection.openWriter(TestDatabase.plan(TABLE, FIELDS));
        assertThat(writer.write(batch(sent(1, "a")))).isEqualTo(new BatchResult.AllAccepted());
        try (Connection other = database.database().connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table things in access exclusive mode");
            CompletableFuture<BatchResult> writing =
                    CompletableFuture.supplyAsync(() -> writer.write(batch(sent(2, "b"))));
            awaitLockWait();
            connection.close();

            assertThat(writing.get(30, TimeUnit.SECONDS)).isInstanceOf(BatchResult.RetryLater.class);
            other.rollback();
        }
        Eventually.eventually(Duration.ofSeconds(10), () -> assertThat(database.row("select count(*) from things"))
                .containsExactly("1"));
    }

    @Test
    void anInterruptedVirtualThreadDoesNotWaitForTheServer() throws Exception {
        try (DestinationConnection connection =
                        TestDatabase.open(database.database(), Map.of("statement_timeout_seconds", 60));
                DestinationWriter writer = connection.openWriter(TestDatabase.plan(TABLE, FIELDS));
                Connection other = database.database().connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table things in access exclusive mode");
            CompletableFuture<BatchResult> result = new CompletableFuture<>();
            Thread thread =
                    Thread.startVirtualThread(() -> result.complete(writer.write(batch(sent(1, "a"), sent(2, "b")))));
            awaitLockWait();
            thread.interrupt();

            assertThat(result.get(10, TimeUnit.SECONDS)).isInstanceOf(BatchResult.RetryLater.class);
            other.rollback();
        }
    }

    @Test
    void manyTablesOverOneConnectionLeaveNoStagingTablesBehind() throws Exception {
        for (int table = 0; table < 40; table++) {
            database.execute("create table many_" + table + " (id int primary key, v text)");
            List<DestinationRecord> records = new ArrayList<>();
            for (int id = 0; id < 20; id++) {
                records.add(sent(id, "v"));
            }
            assertThat(database.write("public.many_" + table, OperationKind.UPSERT, FIELDS, records))
                    .isEqualTo(new BatchResult.AllAccepted());
        }
        assertThat(Integer.parseInt(database.row(stagingTables()).getFirst())).isBetween(1, 16);
        database.close();
        Eventually.eventually(Duration.ofSeconds(10), () -> assertThat(database.row(stagingTables()))
                .containsExactly("0"));
    }

    private static String stagingTables() {
        return "select count(*) from pg_class where relname ~ '^sluice_stage' and relkind = 'r'";
    }

    private BatchResult upsert(DestinationRecord... records) throws Exception {
        return database.write(TABLE, OperationKind.UPSERT, FIELDS, List.of(records));
    }

    private static DestinationBatch batch(DestinationRecord... records) {
        return new DestinationBatch(OperationKind.UPSERT, List.of(records));
    }

    private static void assertFailed(BatchResult result, String code) {
        assertThat(result).isInstanceOfSatisfying(BatchResult.Failed.class, failed -> assertThat(
                        failed.error().code())
                .isEqualTo(code));
    }

    private void awaitLockWait() {
        Eventually.eventually(Duration.ofSeconds(20), () -> assertThat(
                        database.row("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                                + " and datname = current_database()"))
                .containsExactly("1"));
    }

    private void terminateSluiceSessions() {
        database.executeAsSuperuser(
                "select pg_terminate_backend(pid, 10000) from pg_stat_activity where application_name = 'sluice'"
                        + " and datname = current_database()");
    }
}
