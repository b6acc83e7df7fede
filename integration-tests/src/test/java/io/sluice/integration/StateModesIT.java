package io.sluice.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.embedded.PostgresDatabase;
import io.sluice.standalone.api.CallFailed;
import io.sluice.testsupport.Eventually;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The three places state can live in: the same history gives the same destination, counters and tracking rows (SRC-16). */
class StateModesIT {
    private static final List<String> COUNTERS = List.of(
            "source_record_count",
            "source_record_updates",
            "source_record_deletes",
            "source_record_invalids",
            "records_processed",
            "records_updated",
            "records_failed",
            "records_invalid");

    @Test
    @DisplayName("SRC-15, ENG-5: a mirror behaves alike whether the platform or the warehouse keeps its state")
    void aMirrorBehavesAlike() throws Exception {
        // Given a source with duplicated and missing identifiers, and one destination table per engine
        PostgresDatabase database = StackUnderTest.database("modes");
        Tables.execute(database, "create table people (id integer, name text, amount numeric(12,2))");
        Tables.execute(database, "insert into people select i, 'p' || i, i / 3.0 from generate_series(1, 3000) i");
        Tables.execute(database, "insert into people values (7, 'again', 1), (null, 'nobody', 2)");
        Map<String, Long> engines = new LinkedHashMap<>();
        Map<String, Syncs> users = new LinkedHashMap<>();
        for (String engine : List.of("basic", "advanced")) {
            Tables.execute(
                    database,
                    "create table " + engine
                            + "_people (id integer primary key, name text check (name <> 'bad'), amount numeric(12,2))");
            users.put(engine, new Syncs(database, database, engine));
            engines.put(
                    engine,
                    users.get(engine).create("people", engine + "_people", "mirror", List.of("id", "name", "amount")));
        }

        for (String change : List.of(
                "update people set name = name where false",
                "update people set name = name where false",
                "update people set name = 'bad' where id in (20, 21)",
                "update people set name = name || '!' where id % 100 = 0 or name = 'again'",
                "delete from people where id between 100 and 150 or name = 'again!'",
                "update people set name = 'good' where id in (20, 21); insert into people values (7, 'twice', 3)",
                "delete from people where id = 7 or id is null")) {
            // When
            Tables.execute(database, change);
            JsonNode basic = users.get("basic").run(engines.get("basic"));
            JsonNode advanced = users.get("advanced").run(engines.get("advanced"));

            // Then
            for (String counter : COUNTERS) {
                assertThat(advanced.path(counter).asLong())
                        .as(counter + " after " + change)
                        .isEqualTo(basic.path(counter).asLong());
            }
            Syncs.assertTrackingMatches(advanced);
            assertThat(Tables.count(
                            database,
                            "select count(*) from ((table basic_people except table advanced_people)"
                                    + " union all (table advanced_people except table basic_people)) d"))
                    .as(change)
                    .isZero();
        }
    }

    @Test
    @DisplayName("AC-8: without state every run is a full sync that says why, and a mirror is refused when saved")
    void statelessSendsEverythingEveryTime() throws Exception {
        PostgresDatabase database = StackUnderTest.database("stateless");
        Tables.execute(database, "create table people (id integer primary key, name text)");
        Tables.execute(database, "insert into people select i, 'p' || i from generate_series(1, 500) i");
        Tables.execute(database, "create table people_copy (like people including all)");
        Syncs syncs = new Syncs(database, database, "stateless");
        long sync = syncs.create("people", "people_copy", "upsert", List.of("id", "name"));

        JsonNode first = syncs.run(sync);
        JsonNode second = syncs.run(sync);

        assertThat(first.path("records_updated").asLong()).isEqualTo(500);
        assertThat(second.path("records_updated").asLong()).isEqualTo(500);
        assertThat(second.path("full_sync").asBoolean()).isTrue();
        assertThat(second.toString()).contains("STATELESS");
        assertThatThrownBy(() -> syncs.create("people", "people_copy", "mirror", List.of("id", "name")))
                .isInstanceOf(CallFailed.class)
                .hasMessageContaining("STATE_REQUIRED");
    }

    @Test
    @DisplayName("AC-22: the extractor is killed between the last answer and the commit of the state: nothing is lost")
    void killedBeforeTheStateIsCommitted() throws Exception {
        // Given a run whose outcomes cannot be saved, because somebody locks the state
        PostgresDatabase database = StackUnderTest.database("uncommitted");
        Tables.execute(database, "create table people (id integer primary key, name text)");
        Tables.execute(database, "insert into people select i, 'p' || i from generate_series(1, 2000) i");
        Tables.execute(database, "create table people_copy (like people including all)");
        Syncs syncs = new Syncs(database, database, "advanced");
        long sync = syncs.create("people", "people_copy", "mirror", List.of("id", "name"));
        syncs.run(sync);
        Tables.execute(database, "update people set name = 'new' where id <= 500");
        Tables.execute(database, "delete from people where id > 1990");
        long run;
        try (Connection locker = database.connect();
                Statement statement = locker.createStatement()) {
            locker.setAutoCommit(false);
            statement.execute("lock table sluice.accepted_w1_s" + sync + " in exclusive mode");
            run = syncs.trigger(sync);
            Eventually.eventually(Duration.ofSeconds(60), () -> assertThat(
                            Tables.count(database, "select count(*) from people_copy where name = 'new' or id > 1990"))
                    .isEqualTo(500));
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
        assertThat(ended.path("records_updated").asLong()).isEqualTo(510);
        Syncs.assertTrackingMatches(ended);
        assertThat(syncs.run(sync).path("records_processed").asLong()).isZero();
        assertThat(Tables.count(
                        database,
                        "select count(*) from ((table people except table people_copy)"
                                + " union all (table people_copy except table people)) d"))
                .isZero();
    }
}
