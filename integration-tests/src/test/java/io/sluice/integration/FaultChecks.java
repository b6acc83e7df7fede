package io.sluice.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.embedded.PostgresDatabase;
import io.sluice.standalone.api.CallFailed;
import io.sluice.testsupport.Eventually;
import java.time.Duration;
import java.util.Optional;

/** What must hold after every fault, besides what the destination holds. */
final class FaultChecks {
    private static final Duration BACK = Duration.ofMinutes(2);

    /** Only sessions have staging tables, each one for its one target; a table outside of them would be left behind. */
    private static final String STAGES_WITHOUT_A_SESSION =
            """
            select (select count(*) from pg_class where relname like 'sluice\\_stage\\_%' and relpersistence <> 't')
                + greatest(0, (select count(*) from pg_class where relname like 'sluice\\_stage\\_%' and relkind = 'r')
                - (select count(*) from pg_stat_activity
                   where application_name = 'sluice' and datname = current_database()))""";

    private FaultChecks() {}

    /** A trigger that is repeated while the control plane is not back. */
    static long trigger(Syncs syncs, long sync) {
        return Eventually.await("a new run of sync " + sync, BACK, () -> {
            try {
                return Optional.of(syncs.trigger(sync));
            } catch (CallFailed notYet) {
                return Optional.empty();
            }
        });
    }

    /** One tracking row per processed or invalid row, counters that add up (HIS-8, TRK-32). */
    static void assertAccountedFor(JsonNode run) throws Exception {
        Syncs.assertCountersAddUp(run);
        Syncs.assertTrackingMatches(run);
    }

    /** The next run of an unchanged source goes through every partition of every stage, and finds nothing to do. */
    static void assertNobodyIsStuck(Syncs syncs, long sync) throws Exception {
        JsonNode next = syncs.await(trigger(syncs, sync));
        Syncs.assertCompleted(next);
        assertThat(next.path("records_processed").asLong()).as(next.toString()).isZero();
        assertAccountedFor(next);
    }

    /** No staging table stays in the destination without a session that uses it. */
    static void assertNoOrphanedStagingTable(PostgresDatabase destination) {
        Eventually.eventually(
                Duration.ofSeconds(30), () -> assertThat(Tables.count(destination, STAGES_WITHOUT_A_SESSION))
                        .isZero());
    }
}
