package io.sluice.extractor.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.EndState;
import io.sluice.contract.PartitionEnded;
import io.sluice.contract.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

class MissingPlanTest {

    @Test
    void aRunWithoutAPlanFailsInEveryPartitionOfEveryStageThatEndsIt() {
        List<PartitionEnded> ends = MissingPlan.ends(7, 3);

        assertThat(ends).allSatisfy(end -> {
            assertThat(end.getSyncRunId()).isEqualTo(7);
            assertThat(end.getState()).isEqualTo(EndState.FAILED);
            assertThat(end.getError().getCode()).isEqualTo("RUN_PLAN_MISSING");
            assertThat(end.getError().getMessage()).contains("sync run 7");
        });
        for (Stage stage : List.of(Stage.DIFF, Stage.TRACK)) {
            assertThat(ends.stream().filter(end -> end.getStage() == stage))
                    .extracting(PartitionEnded::getPartition)
                    .containsExactly(0, 1, 2);
        }
        assertThat(ends).extracting(PartitionEnded::getStage).doesNotContain(Stage.EXTRACT, Stage.LOAD);
    }
}
