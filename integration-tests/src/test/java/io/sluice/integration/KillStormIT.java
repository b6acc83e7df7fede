package io.sluice.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.embedded.PostgresDatabase;
import io.sluice.standalone.api.CallFailed;
import io.sluice.testsupport.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processes are killed with -9 at random points of runs of 200,000 rows, several in each run, until enough have died.
 * {@code -Dsluice.fault.kills=300} makes a soak of it, {@code -Dsluice.fault.seed=…} another storm.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillStormIT {
    private static final Logger LOG = LoggerFactory.getLogger(KillStormIT.class);
    private static final int ROWS = 200_000;
    private static final int KILLS = Integer.getInteger("sluice.fault.kills", 24);
    private static final long SEED = Long.getLong("sluice.fault.seed", 20_261_121);
    private static final int KILLS_PER_RUN = 6;
    private static final int LONGEST_PAUSE_MILLIS = 4_000;
    private static final List<String> PARTS =
            List.of("extractor", "differ", "loader", "tracking", "control-plane", "kafka");

    /** What the destination must hold: every row whose key is there and nobody else's (KEY-5..7). */
    private static final String VALID =
            "select key, name, version from items where key in (select key from items group by key having count(*) = 1)";

    private static final String DIFFER = "select count(*) from ((" + VALID + " except table items_copy) union all"
            + " (table items_copy except " + VALID + ")) d";

    private final Random random = new Random(SEED);
    private final Map<String, Integer> killed = new TreeMap<>();
    private PostgresDatabase database;
    private Syncs syncs;
    private long sync;

    @BeforeAll
    void makeTables() throws Exception {
        database = StackUnderTest.database("storm");
        Tables.execute(database, "create table items (id serial, key text, name text, version integer)");
        Tables.execute(database, "create index on items (key)");
        Tables.execute(database, "create table items_copy (key text primary key, name text, version integer)");
        Tables.execute(
                database,
                "insert into items (key, name, version) select case when i % 1000 = 0 then null when i % 1000 = 1"
                        + " then 'twin ' || i / 2000 else 'k' || i end, 'item ' || i, 0 from generate_series(1, " + ROWS
                        + ") i");
        syncs = new Syncs(database, database);
        sync = syncs.create("items", "items_copy", "mirror", List.of("key", "name", "version"));
    }

    @Test
    @DisplayName("AC-22: a storm of kills: destination equals the oracle, one tracking row per row, counters add up")
    void survivesAStorm() throws Exception {
        int runs = 0;
        while (kills() < KILLS) {
            runs++;
            long gone = runs == 1
                    ? 0
                    : Tables.execute(
                            database,
                            "delete from items where key in (select key from items where key like 'k%' order by key"
                                    + " limit 500)");
            Tables.execute(database, "update items set version = version + 1");

            long run = FaultChecks.trigger(syncs, sync);
            stormOver(run);
            JsonNode ended = syncs.await(run);

            LOG.info("seed {}, run {}: killed so far {}", SEED, run, killed);
            Syncs.assertCompleted(ended);
            assertCountersAreExact(ended, gone);
            FaultChecks.assertAccountedFor(ended);
            assertThat(Tables.count(database, DIFFER)).isZero();
        }
        FaultChecks.assertNobodyIsStuck(syncs, sync);
        FaultChecks.assertNoOrphanedStagingTable(database);
        assertThat(kills()).isGreaterThanOrEqualTo(KILLS);
    }

    private int kills() {
        return killed.values().stream().mapToInt(Integer::intValue).sum();
    }

    private void assertCountersAreExact(JsonNode run, long gone) throws Exception {
        long nulls = Tables.count(database, "select count(*) from items where key is null");
        long valid = Tables.count(database, "select count(*) from (" + VALID + ") v");
        long all = Tables.count(database, "select count(*) from items");
        assertThat(run.path("source_record_count").asLong()).isEqualTo(all);
        assertThat(run.path("source_record_updates").asLong()).isEqualTo(valid);
        assertThat(run.path("source_record_deletes").asLong()).isEqualTo(gone);
        assertThat(run.path("records_failed").asLong()).isZero();
        assertThat(run.path("records_invalid").asLong()).isEqualTo(all - valid).isGreaterThan(nulls);
    }

    /** Kills at random moments until the run is over or has had its share. */
    private void stormOver(long run) throws InterruptedException {
        for (int strike = 0; strike < KILLS_PER_RUN && kills() < KILLS; strike++) {
            // the moment is what is random here; nothing is waited for
            TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
            if (isOver(run)) {
                return;
            }
            String part = aLivingPart();
            LOG.info("killing {} in run {}", part, run);
            StackUnderTest.kill(part);
            killed.merge(part, 1, Integer::sum);
        }
    }

    /** Those that died least often first, so that every part has its turn. */
    private String aLivingPart() {
        return Eventually.await("a part that lives", Duration.ofMinutes(2), () -> {
            List<String> living =
                    new ArrayList<>(PARTS.stream().filter(KillStormIT::lives).toList());
            Collections.shuffle(living, random);
            return living.stream().min(Comparator.comparingInt(part -> killed.getOrDefault(part, 0)));
        });
    }

    private static boolean lives(String part) {
        return StackUnderTest.pid(part)
                .flatMap(ProcessHandle::of)
                .map(ProcessHandle::isAlive)
                .orElse(false);
    }

    private boolean isOver(long run) {
        try {
            return Optional.of(syncs.get(run))
                    .filter(state -> state.hasNonNull("completed_at"))
                    .isPresent();
        } catch (CallFailed notNow) {
            return false;
        }
    }
}
