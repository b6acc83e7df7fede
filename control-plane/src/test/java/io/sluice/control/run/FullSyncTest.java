package io.sluice.control.run;

import static io.sluice.control.run.FullSyncReason.BEHAVIOR_CHANGED;
import static io.sluice.control.run.FullSyncReason.DESTINATION_CHANGED;
import static io.sluice.control.run.FullSyncReason.FIELD_TYPE_CHANGED;
import static io.sluice.control.run.FullSyncReason.FIRST_RUN;
import static io.sluice.control.run.FullSyncReason.FORCED;
import static io.sluice.control.run.FullSyncReason.KEY_CHANGED;
import static io.sluice.control.run.FullSyncReason.MAPPING_ADDED;
import static io.sluice.control.run.FullSyncReason.SOURCE_CHANGED;
import static io.sluice.control.run.FullSyncReason.STATELESS;
import static io.sluice.control.run.FullSyncReason.STATE_MODE_CHANGED;
import static io.sluice.control.run.FullSyncReason.UNFINISHED_FULL_SYNC;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FullSyncTest {
    private static final RunBasis BASIS = basis("upsert", Map.of("key", "column id", "name", "column name"));

    private static RunBasis basis(String behavior, Map<String, String> mappings) {
        return new RunBasis(1, "", "id", "key", 7, behavior, mappings, Map.of("name", "STRING"), null, "basic");
    }

    private static RunBasis keyed(String column) {
        return new RunBasis(1, "", column, "key", 7, "mirror", BASIS.mappings(), BASIS.fieldTypes(), null, "basic");
    }

    private static FullSync.Attempt completed(RunBasis basis) {
        return new FullSync.Attempt(5, basis, true, List.of(), Optional.empty());
    }

    private static FullSync.Attempt failed(long run, RunBasis basis, FullSyncReason... reasons) {
        return new FullSync.Attempt(run, basis, false, List.of(reasons), Optional.empty());
    }

    private static FullSync after(RunBasis now, RunBasis last) {
        return FullSync.decide(now, Optional.of(last), Optional.of(completed(last)), false);
    }

    @Test
    void theFirstRunIsAFullSync() {
        FullSync first = FullSync.decide(BASIS, Optional.empty(), Optional.empty(), false);

        assertThat(first.reasons()).containsExactly(FIRST_RUN);
        assertThat(first.firstRun()).isTrue();
        assertThat(first.forgetState()).isFalse();
        assertThat(FullSync.decide(BASIS, Optional.empty(), Optional.empty(), true)
                        .reasons())
                .containsExactly(FORCED, FIRST_RUN);
    }

    @Test
    void aRunOnTheSameBasisIsIncrementalUnlessForced() {
        assertThat(after(BASIS, BASIS).wanted()).isFalse();
        assertThat(FullSync.decide(BASIS, Optional.of(BASIS), Optional.of(completed(BASIS)), true)
                        .reasons())
                .containsExactly(FORCED);
    }

    @Test
    void aRemovedMappingIsNoReasonAnAddedOrChangedOneIs() {
        RunBasis fewer = basis("upsert", Map.of("key", "column id"));
        RunBasis other = basis("upsert", Map.of("key", "column id", "name", "column nick"));

        assertThat(after(fewer, BASIS).wanted()).isFalse();
        assertThat(after(BASIS, fewer).reasons()).containsExactly(MAPPING_ADDED);
        assertThat(after(other, BASIS).reasons()).containsExactly(MAPPING_ADDED);
    }

    @Test
    @DisplayName("ENG-10: a destination field of another type is a reason, one whose type was not known is not")
    void fieldTypes() {
        RunBasis wider = new RunBasis(
                1, "", "id", "key", 7, "upsert", BASIS.mappings(), Map.of("name", "OBJECT"), null, "basic");
        RunBasis unknown = new RunBasis(1, "", "id", "key", 7, "upsert", BASIS.mappings(), null, null, null);

        assertThat(after(wider, BASIS).reasons()).containsExactly(FIELD_TYPE_CHANGED);
        assertThat(after(BASIS, unknown).wanted()).isFalse();
    }

    @Test
    void everyOtherChangeHasItsReason() {
        RunBasis changed =
                new RunBasis(2, "select 1", "email", "key", 8, "mirror", BASIS.mappings(), Map.of(), null, "basic");

        assertThat(after(changed, BASIS).reasons())
                .containsExactly(KEY_CHANGED, SOURCE_CHANGED, DESTINATION_CHANGED, BEHAVIOR_CHANGED);
    }

    @Test
    @DisplayName("KEY-12: the state is forgotten when identifiers, or being in the state, mean something else")
    void whatForgetsTheState() {
        assertThat(after(keyed("mail"), keyed("id")).forgetState()).isTrue();
        assertThat(after(basis("mirror", Map.of()), basis("upsert", Map.of())).forgetState())
                .isFalse();
        assertThat(after(basis("mirror", Map.of()), basis("insert", Map.of())).forgetState())
                .isTrue();
        assertThat(after(basis("upsert", Map.of()), basis("append", Map.of())).forgetState())
                .isTrue();
    }

    @Test
    @DisplayName(
            "KEY-12: a key that was changed, tried and changed back has left a state of the other key, which must go")
    void changedThereAndBack() {
        FullSync back = FullSync.decide(
                keyed("id"), Optional.of(keyed("id")), Optional.of(failed(6, keyed("mail"), KEY_CHANGED)), false);

        assertThat(back.reasons()).containsExactly(KEY_CHANGED);
        assertThat(back.forgetState()).isTrue();
        assertThat(back.since()).isEmpty();
    }

    @Test
    @DisplayName("AC-15: a full sync that failed is continued, as long as nothing has changed")
    void continued() {
        FullSync next = FullSync.decide(BASIS, Optional.of(BASIS), Optional.of(failed(6, BASIS, FORCED)), false);

        assertThat(next.reasons()).containsExactly(FORCED, UNFINISHED_FULL_SYNC);
        assertThat(next.since()).contains(6L);

        FullSync third = FullSync.decide(
                BASIS,
                Optional.of(BASIS),
                Optional.of(new FullSync.Attempt(7, BASIS, false, next.reasons(), next.since())),
                false);
        assertThat(third.since()).contains(6L);
        assertThat(FullSync.decide(BASIS, Optional.of(BASIS), Optional.of(failed(6, BASIS, FORCED)), true)
                        .since())
                .isEmpty();
    }

    @Test
    @DisplayName("An incremental run that failed is no reason for a full sync")
    void failedIncrement() {
        assertThat(FullSync.decide(BASIS, Optional.of(BASIS), Optional.of(failed(6, BASIS)), false)
                        .wanted())
                .isFalse();
    }

    private static RunBasis keptIn(String stateMode) {
        return new RunBasis(1, "", "id", "key", 7, "upsert", BASIS.mappings(), BASIS.fieldTypes(), null, stateMode);
    }

    @Test
    @DisplayName("SRC-13: without state every run is a full sync, and says why")
    void aStatelessRunIsAlwaysAFullSync() {
        assertThat(after(keptIn("stateless"), keptIn("stateless")).reasons()).containsExactly(STATELESS);
    }

    @Test
    @DisplayName("SRC-16: a source that is moved to another state mode begins afresh, and says why")
    void aMovedStateIsForgotten() {
        FullSync moved = after(keptIn("advanced"), keptIn("basic"));

        assertThat(moved.reasons()).containsExactly(STATE_MODE_CHANGED);
        assertThat(moved.forgetState()).isTrue();
        assertThat(after(keptIn("basic"), keptIn(null)).wanted()).isFalse();
    }

    @Test
    @DisplayName("AC-22: a run with its state in the source is over only when that state is committed")
    void theSourceMustCommit() {
        assertThat(keptIn("advanced").stages(false)).contains(PartitionEnd.Stage.COMMIT);
        assertThat(keptIn("basic").stages(false)).doesNotContain(PartitionEnd.Stage.COMMIT);
        assertThat(keptIn("advanced").stages(true)).containsExactly(PartitionEnd.Stage.DIFF);
    }
}
