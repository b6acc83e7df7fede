package io.sluice.control.run;

import static io.sluice.control.run.FullSyncReason.BEHAVIOR_CHANGED;
import static io.sluice.control.run.FullSyncReason.DESTINATION_CHANGED;
import static io.sluice.control.run.FullSyncReason.FIRST_RUN;
import static io.sluice.control.run.FullSyncReason.FORCED;
import static io.sluice.control.run.FullSyncReason.KEY_CHANGED;
import static io.sluice.control.run.FullSyncReason.MAPPING_ADDED;
import static io.sluice.control.run.FullSyncReason.SOURCE_CHANGED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunBasisTest {
    private static final RunBasis BASIS =
            new RunBasis(1, "", "id", "key", 7, "upsert", Map.of("key", "column id", "name", "column name"));

    @Test
    void theFirstRunIsAFullSync() {
        assertThat(BASIS.fullSyncReasons(Optional.empty(), false)).containsExactly(FIRST_RUN);
        assertThat(BASIS.fullSyncReasons(Optional.empty(), true)).containsExactly(FORCED, FIRST_RUN);
    }

    @Test
    void aRunOnTheSameBasisIsIncrementalUnlessForced() {
        assertThat(BASIS.fullSyncReasons(Optional.of(BASIS), false)).isEmpty();
        assertThat(BASIS.fullSyncReasons(Optional.of(BASIS), true)).containsExactly(FORCED);
    }

    @Test
    void aRemovedMappingIsNoReason() {
        RunBasis fewer = new RunBasis(1, "", "id", "key", 7, "upsert", Map.of("key", "column id"));

        assertThat(fewer.fullSyncReasons(Optional.of(BASIS), false)).isEmpty();
        assertThat(BASIS.fullSyncReasons(Optional.of(fewer), false)).containsExactly(MAPPING_ADDED);
    }

    @Test
    void aFieldThatGetsItsValueFromElsewhereCountsAsAdded() {
        RunBasis other =
                new RunBasis(1, "", "id", "key", 7, "upsert", Map.of("key", "column id", "name", "column nick"));

        assertThat(other.fullSyncReasons(Optional.of(BASIS), false)).containsExactly(MAPPING_ADDED);
    }

    @Test
    void everyOtherChangeHasItsReason() {
        RunBasis changed = new RunBasis(2, "select 1", "email", "key", 8, "mirror", BASIS.mappings());

        assertThat(changed.fullSyncReasons(Optional.of(BASIS), false))
                .isEqualTo(List.of(KEY_CHANGED, SOURCE_CHANGED, DESTINATION_CHANGED, BEHAVIOR_CHANGED));
    }
}
