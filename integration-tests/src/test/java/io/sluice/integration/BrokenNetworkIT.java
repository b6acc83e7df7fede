package io.sluice.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.embedded.PostgresDatabase;
import io.sluice.testsupport.Eventually;
import io.sluice.testsupport.fault.Fault;
import io.sluice.testsupport.fault.FaultProxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The network between Sluice and the databases stalls, swallows, half-closes, cuts and refuses, in the middle of runs. */
class BrokenNetworkIT {
    private static final int ROWS = 50_000;
    private static final long LATER = 2_000_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String DIFFER = "select count(*) from ((table things except table things_copy)"
            + " union all (table things_copy except table things)) d";

    private PostgresDatabase database;
    private FaultProxy source;
    private FaultProxy destination;
    private Syncs syncs;
    private long sync;

    @BeforeEach
    void makeTables() throws Exception {
        database = StackUnderTest.database("network");
        Tables.execute(database, "create table things (id integer primary key, name text, version integer)");
        Tables.execute(database, "create table things_copy (like things including all)");
        Tables.execute(
                database,
                "insert into things select i, 'thing ' || repeat(md5(i::text), 3), 0 from generate_series(1, " + ROWS
                        + ") i");
        source = FaultProxy.to(database.host(), database.port());
        destination = FaultProxy.to(database.host(), database.port());
        syncs = Syncs.between(
                database,
                Syncs.credentials(database, through(source, Map.of("silence_seconds", 2))),
                Syncs.credentials(database, through(destination, Map.of("statement_timeout_seconds", 5))));
        sync = syncs.create("things", "things_copy", "mirror", List.of("id", "name", "version"));
    }

    private static Map<String, Object> through(FaultProxy proxy, Map<String, Object> more) {
        Map<String, Object> changes = new HashMap<>(more);
        changes.putAll(Map.of("hostname", proxy.host(), "port", proxy.port(), "connect_timeout_seconds", 2));
        return changes;
    }

    @AfterEach
    void closeProxies() {
        source.close();
        destination.close();
    }

    @Test
    @DisplayName("A source that stalls in mid-read fails the run with a clear error, and the next run is right")
    void sourceStalls() throws Exception {
        source.after(LATER, () -> source.set(new Fault.Stall()));
        failsAndTheNextRunIsRight("CONNECTION_LOST", source);
    }

    @Test
    @DisplayName("A source connection that is half closed in mid-read fails the run, and the next run is right")
    void sourceHalfCloses() throws Exception {
        source.after(LATER, source::halfCloseAll);
        failsAndTheNextRunIsRight("CONNECTION_LOST", source);
    }

    @Test
    @DisplayName("A mirror whose source is cut in mid-read removes nothing")
    void sourceIsCutAfterASuccessfulRun() throws Exception {
        syncs.run(sync);
        Tables.execute(database, "update things set version = version + 1");
        source.after(LATER, source::cutAll);
        failsAndTheNextRunIsRight("CONNECTION_LOST", source);
    }

    @Test
    @DisplayName("A destination that stalls for a while holds the run up, and no longer")
    void destinationStallsAndComesBack() throws Exception {
        destination.after(LATER, () -> destination.set(new Fault.Stall()));
        long run = syncs.trigger(sync);
        Eventually.eventually(PATIENCE, () -> assertThat(destination.fault()).isNotInstanceOf(Fault.Pass.class));
        // the time is the fault itself
        LockSupport.parkNanos(Duration.ofSeconds(4).toNanos());
        destination.set(new Fault.Pass());
        completesExactly(run);
    }

    @Test
    @DisplayName("A destination connection that is swallowed in mid-write is given up, and the batch is sent again")
    void destinationSwallows() throws Exception {
        destination.after(LATER, () -> destination.set(new Fault.Swallow()));
        long run = syncs.trigger(sync);
        // connections may be opened before the fault is there: only those after it show that one was given up
        Eventually.eventually(PATIENCE, () -> assertThat(destination.fault()).isInstanceOf(Fault.Swallow.class));
        int before = destination.accepted();
        Eventually.eventually(
                PATIENCE,
                () -> assertThat(destination.accepted()).as("connections").isGreaterThan(before));
        destination.set(new Fault.Pass());
        completesExactly(run);
    }

    @Test
    @DisplayName("A destination connection that is half closed in mid-write is replaced, and the batch is sent again")
    void destinationHalfCloses() throws Exception {
        destination.after(LATER, destination::halfCloseAll);
        completesExactly(syncs.trigger(sync));
    }

    @Test
    @DisplayName("A destination that cuts every connection after some megabytes still gets every record, once tracked")
    void destinationCutsAgainAndAgain() throws Exception {
        destination.set(new Fault.CutAfter(LATER));
        completesExactly(syncs.trigger(sync));
        assertThat(destination.accepted()).isGreaterThan(3);
    }

    @Test
    @DisplayName(
            "RTY-5: a destination that stays away fails the run; what it accepted is kept, the next run sends the rest")
    void destinationStaysAway() throws Exception {
        syncs.run(sync);
        Tables.execute(database, "update things set version = 1");
        destination.after(LATER, () -> {
            destination.set(new Fault.Refuse());
            destination.cutAll();
        });
        long run = syncs.trigger(sync);
        JsonNode failed = syncs.await(run);
        assertThat(failed.path("status").asText()).as(failed.toString()).isEqualTo("failed");
        FaultChecks.assertAccountedFor(failed);
        long kept = Tables.count(database, "select count(*) from things_copy where version = 1");
        assertThat(kept)
                .isLessThan(ROWS)
                .isGreaterThanOrEqualTo(failed.path("records_updated").asLong());

        destination.set(new Fault.Pass());
        JsonNode next = completesExactly(syncs.trigger(sync));
        assertThat(next.path("records_processed").asLong())
                .as("only the rest is sent")
                .isEqualTo(ROWS - failed.path("records_updated").asLong());
    }

    private void failsAndTheNextRunIsRight(String code, FaultProxy proxy) throws Exception {
        long before = Tables.count(database, "select count(*) from things_copy");
        JsonNode failed = syncs.await(syncs.trigger(sync));
        assertThat(failed.path("status").asText()).as(failed.toString()).isEqualTo("failed");
        assertThat(failed.toString()).contains(code);
        FaultChecks.assertAccountedFor(failed);
        assertThat(Tables.count(database, "select count(*) from things_copy"))
                .as("nothing is removed")
                .isGreaterThanOrEqualTo(before);
        proxy.set(new Fault.Pass());
        completesExactly(syncs.trigger(sync));
    }

    private JsonNode completesExactly(long run) throws Exception {
        JsonNode ended = syncs.await(run);
        Syncs.assertCompleted(ended);
        assertThat(ended.path("records_failed").asLong()).as(ended.toString()).isZero();
        FaultChecks.assertAccountedFor(ended);
        assertThat(Tables.count(database, DIFFER)).isZero();
        FaultChecks.assertNobodyIsStuck(syncs, sync);
        FaultChecks.assertNoOrphanedStagingTable(database);
        return ended;
    }
}
