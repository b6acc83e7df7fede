package io.sluice.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.embedded.PostgresDatabase;
import io.sluice.standalone.api.CallFailed;
import io.sluice.testsupport.Eventually;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Issue 3.6 through the whole stack: a destination that rejects 2 of 10 records, and does not see them for ever. */
class QuarantineIT {
    private static final List<String> COLUMNS = List.of("id", "name");
    private static final Map<String, Object> TWO = Map.of("max_consecutive_failures", 2);

    private PostgresDatabase database;

    /** Ten people; the CRM takes nobody whose name begins with x. */
    private void makeTables(String name) throws SQLException {
        database = StackUnderTest.database(name);
        Tables.execute(database, "create table people (id integer primary key, name text)");
        Tables.execute(database, "create table crm (id integer primary key, name text)");
        Tables.execute(database, "alter table crm add constraint known check (name not like 'x%')");
        Tables.execute(database, "insert into people select i, 'p' || i from generate_series(1, 8) i");
        Tables.execute(database, "insert into people values (9, 'xaver'), (10, 'xenia')");
    }

    private void expect(JsonNode run, long processed, long failed, long quarantined) throws SQLException {
        assertThat(run.path("source_record_count").asLong()).isEqualTo(10);
        assertThat(run.path("records_processed").asLong()).as(run.toString()).isEqualTo(processed);
        assertThat(run.path("records_failed").asLong()).as(run.toString()).isEqualTo(failed);
        assertThat(run.path("records_quarantined").asLong()).as(run.toString()).isEqualTo(quarantined);
        Syncs.assertTrackingMatches(run);
    }

    private static void awaitListed(Syncs syncs, long sync, String... identifiers) {
        Eventually.eventually(Duration.ofSeconds(30), () -> assertThat(syncs.quarantined(sync)
                        .valueStream()
                        .map(record -> record.path("identifier").asText())
                        .toList())
                .containsExactlyInAnyOrder(identifiers));
    }

    @ParameterizedTest
    @ValueSource(strings = {"basic", "advanced"})
    @DisplayName("Two rejected runs are enough; then the record waits for a change, a release or a full sync")
    void rejectedRecordsAreLeftAlone(String engine) throws SQLException {
        // Given
        makeTables("quarantine_" + engine);
        Syncs syncs = new Syncs(database, database, engine);
        long sync = syncs.create("people", "crm", "upsert", COLUMNS, TWO);
        expect(syncs.run(sync), 10, 2, 0);
        awaitListed(syncs, sync);
        JsonNode second = syncs.run(sync);
        expect(second, 2, 2, 0);
        awaitListed(syncs, sync, "9", "10");
        JsonNode listed = syncs.quarantined(sync).get(0);
        assertThat(listed.path("consecutive_failures").asInt()).isEqualTo(2);
        assertThat(listed.path("last_failed_sync_run_id").asLong())
                .isEqualTo(second.path("id").asLong());
        assertThat(listed.path("reason").asText()).contains("known");

        // When nothing changes they are not attempted, also after the differ was killed
        Optional<Long> before = StackUnderTest.pid("differ");
        StackUnderTest.kill("differ");
        StackUnderTest.awaitRestart("differ", before);
        expect(syncs.run(sync), 0, 0, 2);

        // Then a change of the row is attempted
        Tables.execute(database, "update people set name = 'ida' where id = 9");
        expect(syncs.run(sync), 1, 0, 1);
        awaitListed(syncs, sync, "10");

        // and a released record, whose reason is gone
        Tables.execute(database, "alter table crm drop constraint known");
        expect(syncs.run(sync), 0, 0, 1);
        assertThat(syncs.release(sync, Map.of("identifiers", List.of("10", "nobody"))))
                .isEqualTo(1);
        awaitListed(syncs, sync);
        expect(syncs.run(sync), 1, 0, 0);
        assertThat(Tables.count(database, "select count(*) from crm")).isEqualTo(10);
        expect(syncs.run(sync), 0, 0, 0);
        awaitListed(syncs, sync);
    }

    @Test
    @DisplayName("A mirror's rejected deletes are left alone too; a full sync and a release of all attempt everything")
    void mirrorsFullSyncsAndReleasesOfAll() throws SQLException {
        makeTables("quarantine_mirror");
        Tables.execute(database, "create table visits (person integer references crm (id))");
        Syncs syncs = new Syncs(database, database);
        long sync = syncs.create("people", "crm", "mirror", COLUMNS, TWO);
        syncs.run(sync);
        Tables.execute(database, "insert into visits values (1)");
        Tables.execute(database, "delete from people where id = 1");
        Tables.execute(database, "insert into people values (11, 'p11')");
        expect(syncs.run(sync), 4, 3, 0);
        expect(syncs.run(sync), 1, 1, 2);

        expect(syncs.run(sync), 0, 0, 3);
        awaitListed(syncs, sync, "1", "9", "10");

        expect(syncs.await(syncs.trigger(sync, Map.of("force_full_sync", true))), 11, 3, 0);
        expect(syncs.run(sync), 0, 0, 3);

        Tables.execute(database, "truncate visits");
        Tables.execute(database, "alter table crm drop constraint known");
        Eventually.eventually(Duration.ofSeconds(30), () -> assertThat(syncs.quarantined(sync)
                        .valueStream()
                        .map(record -> record.path("consecutive_failures").asInt())
                        .toList())
                .hasSize(3)
                .containsOnly(3));
        assertThat(syncs.release(sync, Map.of("all", true))).isEqualTo(3);
        expect(syncs.run(sync), 3, 0, 0);
        assertThat(Tables.strings(database, "select id from crm order by id"))
                .containsExactly("2", "3", "4", "5", "6", "7", "8", "9", "10", "11");
        awaitListed(syncs, sync);
    }

    @Test
    @DisplayName(
            "SRC-13: a source that keeps nothing refuses to count failures, when the sync is made, changed, or moved")
    void statelessSourcesRefuse() throws SQLException {
        makeTables("quarantine_stateless");
        Syncs stateless = new Syncs(database, database, "stateless");
        assertThatThrownBy(() -> stateless.create("people", "crm", "upsert", COLUMNS, TWO))
                .isInstanceOf(CallFailed.class)
                .hasMessageContaining("max_consecutive_failures");
        long sync = stateless.create("people", "crm", "upsert", COLUMNS);
        assertThatThrownBy(() -> stateless.change(sync, TWO)).hasMessageContaining("max_consecutive_failures");

        Syncs basic = new Syncs(database, database);
        basic.create("people", "crm", "upsert", COLUMNS, TWO);
        assertThatThrownBy(() -> basic.moveSource("stateless")).hasMessageContaining("max_consecutive_failures");
    }
}
