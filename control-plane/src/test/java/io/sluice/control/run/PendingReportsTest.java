package io.sluice.control.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.control.run.StageReport.Ended;
import io.sluice.control.run.StageReport.Kind;
import io.sluice.control.run.StageReport.Progress;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PendingReportsTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final PendingReports pending = new PendingReports();

    @Test
    void progressWaitsALittleAndOnlyTheFurthestOfAPlaceIsKept() {
        pending.add(progress(Kind.LOAD, 0, 10), 0);
        pending.add(progress(Kind.LOAD, 0, 30), 1);
        pending.add(progress(Kind.LOAD, 0, 20), 2);
        pending.add(progress(Kind.LOAD, 1, 5), 3);
        pending.add(progress(Kind.TRACK, 0, 7), 4);

        assertThat(pending.isDue(SECOND / 4)).isFalse();
        assertThat(pending.isDue(SECOND)).isTrue();
        assertThat(pending.take())
                .containsExactly(progress(Kind.LOAD, 0, 30), progress(Kind.LOAD, 1, 5), progress(Kind.TRACK, 0, 7));
        assertThat(pending.isEmpty()).isTrue();
        assertThat(pending.isDue(2 * SECOND)).isFalse();
    }

    @Test
    void whetherFilesAreDelayedIsTheLastWordThatWasSaid() {
        pending.add(new Progress(1, Kind.TRACK, 0, 10, Optional.of(true)), 0);
        pending.add(progress(Kind.TRACK, 0, 9), 1);
        assertThat(pending.take()).containsExactly(new Progress(1, Kind.TRACK, 0, 10, Optional.of(true)));

        pending.add(new Progress(1, Kind.TRACK, 0, 10, Optional.of(true)), 2);
        pending.add(new Progress(1, Kind.TRACK, 0, 10, Optional.of(false)), 3);
        assertThat(pending.take()).containsExactly(new Progress(1, Kind.TRACK, 0, 10, Optional.of(false)));
    }

    private static Progress progress(Kind stage, int partition, long records) {
        return new Progress(1, stage, partition, records, Optional.empty());
    }

    @Test
    void theEndOfAPartitionIsDueAtOnceAndTakesTheProgressBeforeItAlong() {
        Ended end = new Ended(
                1,
                new PartitionEnd(
                        PartitionEnd.Stage.DIFF, 2, PartitionEnd.How.COMPLETED, RunCounts.NONE, Optional.empty()));
        pending.add(progress(Kind.DIFF, 2, 10), 0);
        pending.add(end, 1);

        assertThat(pending.isDue(1)).isTrue();
        assertThat(pending.take()).containsExactly(progress(Kind.DIFF, 2, 10), end);
    }
}
