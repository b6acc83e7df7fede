package io.sluice.connector.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.connector.ConnectorError;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.source.ReadRequest;
import io.sluice.connector.source.RecordReader;
import io.sluice.connector.source.SourceConnection;
import io.sluice.connector.source.SourceQuery;
import io.sluice.testsupport.Parts;
import io.sluice.testsupport.fault.Fault;
import io.sluice.testsupport.fault.FaultProxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network that breaks connections without saying so: a read ends with a clear error, or goes on, and never hangs. */
@Timeout(120)
class StalledSourceIT {
    private static final int ROWS = 50_000;
    private static TestDatabase database;

    private FaultProxy proxy;

    @BeforeAll
    static void create() throws Exception {
        database = TestDatabase.create();
        database.run("CREATE TABLE many AS SELECT i AS id, repeat('x', 1000) AS v FROM generate_series(1, " + ROWS
                + ") AS i");
    }

    @AfterAll
    static void drop() throws Exception {
        database.close();
    }

    @BeforeEach
    void openProxy() {
        proxy = FaultProxy.to(
                Parts.postgres().superuser().host(),
                Parts.postgres().superuser().port());
    }

    @AfterEach
    void closeProxy() {
        proxy.close();
    }

    private SourceConnection open() throws ConnectorException {
        return TestDatabase.open(database.settings(Map.of(
                "hostname", proxy.host(), "port", proxy.port(), "connect_timeout_seconds", 2, "silence_seconds", 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stalls", "swallows"})
    void aConnectionThatDiesSilentlyInMidReadIsALostConnection(String how) throws Exception {
        AtomicLong seen = new AtomicLong();
        try (SourceConnection source = open();
                RecordReader reader = source.read(request(database.table("many"), List.of("id", "v")))) {
            assertThatExceptionOfType(ConnectorException.class)
                    .isThrownBy(() -> reader.read(row -> {
                        if (seen.incrementAndGet() == 100) {
                            proxy.set("stalls".equals(how) ? new Fault.Stall() : new Fault.Swallow());
                        }
                        return true;
                    }))
                    .satisfies(thrown -> {
                        assertThat(thrown.error().code()).isEqualTo("CONNECTION_LOST");
                        assertThat(thrown.error().fault()).isEqualTo(ConnectorError.Fault.EXTERNAL);
                        assertThat(thrown.error().message()).contains("sent nothing for 1 s");
                    });
        }
        assertThat(seen).hasValueLessThan(ROWS);
    }

    @Test
    void aHalfClosedConnectionIsALostConnection() throws Exception {
        AtomicLong seen = new AtomicLong();
        try (SourceConnection source = open();
                RecordReader reader = source.read(request(database.table("many"), List.of("id", "v")))) {
            assertThatExceptionOfType(ConnectorException.class)
                    .isThrownBy(() -> reader.read(row -> {
                        if (seen.incrementAndGet() == 100) {
                            proxy.halfCloseAll();
                        }
                        return true;
                    }))
                    .satisfies(thrown -> assertThat(thrown.error().code()).isEqualTo("CONNECTION_LOST"));
        }
        assertThat(seen).hasValueLessThan(ROWS);
    }

    @Test
    void aServerThatIsSilentBecauseItWorksIsWaitedFor() throws Exception {
        AtomicLong seen = new AtomicLong();
        String slow = "SELECT i AS id, pg_sleep(4)::text AS s FROM generate_series(1, 2) AS i";
        try (SourceConnection source = open();
                RecordReader reader = source.read(request(new SourceQuery.Sql(slow), List.of("id", "s")))) {
            reader.read(row -> seen.incrementAndGet() > 0);
        }
        assertThat(seen).hasValue(2);
    }

    @Test
    void aReaderThatIsItselfSlowIsNoStall() throws Exception {
        AtomicLong seen = new AtomicLong();
        try (SourceConnection source = open();
                RecordReader reader = source.read(request(database.table("many"), List.of("id", "v")))) {
            reader.read(row -> {
                if (seen.incrementAndGet() == 100) {
                    // the time is what is tested: the reader is busy elsewhere for longer than the allowed silence
                    java.util.concurrent.locks.LockSupport.parkNanos(
                            Duration.ofSeconds(4).toNanos());
                }
                return true;
            });
        }
        assertThat(seen).hasValue(ROWS);
    }

    private static ReadRequest request(SourceQuery query, List<String> columns) {
        return new ReadRequest(query, columns, "id");
    }
}
