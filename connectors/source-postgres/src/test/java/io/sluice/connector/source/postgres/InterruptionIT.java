package io.sluice.connector.source.postgres;

import static io.sluice.testsupport.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.connector.ConnectorError;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.source.ReadRequest;
import io.sluice.connector.source.RecordReader;
import io.sluice.connector.source.SourceConnection;
import io.sluice.connector.source.SourceQuery;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads that end before they are through. */
class InterruptionIT {
    private static final String SLOW = "SELECT i AS id, pg_sleep(60)::text AS s FROM generate_series(1, 5) AS i";
    private static final String SESSIONS =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'sluice'";

    private static TestDatabase database;

    @BeforeAll
    static void create() throws Exception {
        database = TestDatabase.create();
        database.run("CREATE TABLE many AS SELECT i AS id, repeat('x', 1000) AS v FROM generate_series(1, 50000) AS i");
    }

    @AfterAll
    static void close() throws Exception {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anInterruptEndsTheWaitForASlowQuery(boolean virtual) throws Exception {
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        Runnable work = () -> {
            try (SourceConnection source = database.open();
                    RecordReader reader = source.read(request(new SourceQuery.Sql(SLOW)))) {
                reader.read(row -> true);
                outcome.complete(Thread.currentThread().isInterrupted());
            } catch (ConnectorException unexpected) {
                outcome.completeExceptionally(unexpected);
            }
        };
        Thread thread =
                virtual ? Thread.ofVirtual().start(work) : Thread.ofPlatform().start(work);
        eventually(Duration.ofSeconds(20), () -> assertThat(
                        database.count(SESSIONS + " AND state = 'active' AND query LIKE 'COPY%'"))
                .isEqualTo(1));

        thread.interrupt();

        assertThat(outcome.get(20, TimeUnit.SECONDS)).isTrue();
        thread.join();
        if (!virtual) {
            // A virtual thread's socket is closed by the interrupt itself, before the server can be asked to stop.
            assertNoSessionStays();
        }
        database.count("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'sluice'"
                + " AND datname = current_database()");
    }

    @Test
    void aTerminatedSessionIsALostConnection() throws Exception {
        AtomicLong seen = new AtomicLong();
        try (SourceConnection source = database.open();
                RecordReader reader = source.read(request(database.table("many")))) {
            assertThatExceptionOfType(ConnectorException.class)
                    .isThrownBy(() -> reader.read(row -> {
                        if (seen.incrementAndGet() == 1) {
                            terminate();
                        }
                        return true;
                    }))
                    .satisfies(thrown -> {
                        assertThat(thrown.error().code()).isEqualTo("CONNECTION_LOST");
                        assertThat(thrown.error().fault()).isEqualTo(ConnectorError.Fault.EXTERNAL);
                    });
        }
        assertThat(seen).hasValueLessThan(50_000);
    }

    private static void terminate() {
        try {
            database.count("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND application_name = 'sluice'");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void aReaderThatIsNeverReadLeavesNothingBehind() throws Exception {
        try (SourceConnection source = database.open()) {
            source.read(request(database.table("many"))).close();
            assertNoSessionStays();
            source.read(request(database.table("many")));
        }
        assertNoSessionStays();
    }

    private static ReadRequest request(SourceQuery query) {
        return new ReadRequest(query, List.of("id"), "id");
    }

    private static void assertNoSessionStays() {
        eventually(Duration.ofSeconds(20), () -> assertThat(database.count(SESSIONS))
                .isZero());
    }
}
