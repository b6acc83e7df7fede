package io.sluice.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.embedded.PostgresDatabase;
import io.sluice.standalone.api.CallFailed;
import io.sluice.testsupport.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every process is killed with -9 in the middle of a run of 200,000 rows; the run must not show it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledProcessesIT {
    private static final int ROWS = 200_000;
    private static final String DIFFER = "select count(*) from ((table items except table items_copy)"
            + " union all (table items_copy except table items)) d";

    private PostgresDatabase database;
    private Syncs syncs;
    private long sync;

    @BeforeAll
    void makeTables() throws Exception {
        database = StackUnderTest.database("killed");
        Tables.execute(
                database,
                "create table items (id integer primary key, name text, amount numeric(12,2), version integer)");
        Tables.execute(database, "create table items_copy (like items including all)");
        Tables.execute(
                database,
                "insert into items select i, 'item ' || i, i / 7.0, 0 from generate_series(1, " + ROWS + ") i");
        syncs = new Syncs(database, database);
        sync = syncs.create("items", "items_copy", "mirror", List.of("id", "name", "amount", "version"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"extractor", "differ", "loader", "tracking", "control-plane", "kafka"})
    @DisplayName("AC-22: killed in mid-run, restarted: destination equals source, one tracking row per record")
    void survivesKill(String part) throws Exception {
        // Given every row changed since the last run, and a thousand gone
        boolean first = Tables.count(database, "select count(*) from items_copy") == 0;
        int gone = first
                ? 0
                : Tables.execute(
                        database, "delete from items where id in (select id from items order by id limit 1000)");
        int changed = Tables.execute(database, "update items set version = version + 1");
        Optional<Long> before = StackUnderTest.pid(part);

        // When
        long run = syncs.trigger(sync);
        awaitMidRun(run, part);
        StackUnderTest.kill(part);
        StackUnderTest.awaitRestart(part, before);
        JsonNode ended = syncs.await(run);

        // Then
        Syncs.assertCompleted(ended);
        assertThat(ended.path("source_record_updates").asLong()).isEqualTo(changed);
        assertThat(ended.path("source_record_deletes").asLong()).isEqualTo(gone);
        assertThat(ended.path("records_updated").asLong()).isEqualTo(changed + gone);
        assertThat(Tables.count(database, DIFFER)).isZero();
        Syncs.assertTrackingMatches(ended);
    }

    /** The extractor is done soon: it is killed as soon as it reads; the others when records have reached the destination. */
    private void awaitMidRun(long run, String part) {
        Eventually.eventually(Duration.ofSeconds(60), () -> {
            try {
                JsonNode state = syncs.get(run);
                long done = "extractor".equals(part)
                        ? state.path("source_record_count").asLong()
                        : state.path("records_processed").asLong();
                assertThat(done).as(state.toString()).isPositive();
            } catch (CallFailed notNow) {
                throw new AssertionError(notNow);
            }
        });
    }
}
