package io.sluice.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The model's own arithmetic, by hand. */
final class ExpectedDestinationTest {
    private static Row row(String... values) {
        return new Row(Arrays.asList(values));
    }

    private static ExpectedDestination of(boolean mirror) {
        return new ExpectedDestination(mirror, row -> !"bad".equals(row.values().get(1)));
    }

    @Test
    void firstLoadCountsNullsDuplicatesAndRejections() {
        ExpectedDestination expected = of(false);
        RunCounts counts = expected.run(
                List.of(row("1", "a"), row("2", "bad"), row(null, "x"), row("3", "b"), row("3", "b"), row("4", "d")));
        assertThat(counts).isEqualTo(new RunCounts(6, 3, 0, 3, 3, 2, 1));
        assertThat(expected.rows()).containsExactly(row("1", "a"), row("4", "d"));
    }

    @Test
    void aSecondRunSendsOnlyWhatWasRejected() {
        ExpectedDestination expected = of(true);
        List<Row> source = List.of(row("1", "a"), row("2", "bad"));
        expected.run(source);
        assertThat(expected.run(source)).isEqualTo(new RunCounts(2, 1, 0, 0, 1, 0, 1));
    }

    @Test
    void upsertKeepsAndMirrorDeletesWhatIsGone() {
        for (boolean mirror : List.of(false, true)) {
            ExpectedDestination expected = of(mirror);
            expected.run(List.of(row("1", "a"), row("2", "b"), row("3", "bad")));
            RunCounts counts = expected.run(List.of(row("1", "new")));
            assertThat(counts)
                    .isEqualTo(mirror ? new RunCounts(1, 1, 1, 0, 2, 2, 0) : new RunCounts(1, 1, 0, 0, 1, 1, 0));
            assertThat(expected.rows())
                    .isEqualTo(mirror ? List.of(row("1", "new")) : List.of(row("1", "new"), row("2", "b")));
        }
    }

    @Test
    void aMirrorFreezesWhatBecameADuplicateAndKeepsTheLastAcceptedState() {
        ExpectedDestination expected = of(true);
        expected.run(List.of(row("1", "a"), row("2", "b")));
        RunCounts counts = expected.run(List.of(row("1", "x"), row("1", "y"), row("2", "bad")));
        assertThat(counts).isEqualTo(new RunCounts(3, 1, 0, 2, 1, 0, 1));
        assertThat(expected.rows()).containsExactly(row("1", "a"), row("2", "b"));
    }
}
