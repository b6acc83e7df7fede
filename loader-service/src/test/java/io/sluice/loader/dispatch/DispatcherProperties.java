package io.sluice.loader.dispatch;

import static io.sluice.contract.OutcomeStatus.REJECTED;
import static io.sluice.contract.OutcomeStatus.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connector.destination.AttemptResult;
import io.sluice.connector.destination.BatchResult;
import io.sluice.loader.outcome.FinalWord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class DispatcherProperties {

    @Property
    void splittingFindsExactlyTheBadRecordsInFewCallsAndInOrder(
            @ForAll @IntRange(min = 1, max = 400) int records,
            @ForAll @Size(max = 12) Set<@IntRange(min = 0, max = 399) Integer> chosen)
            throws Exception {
        List<String> bad =
                chosen.stream().filter(i -> i < records).map(i -> "r" + i).toList();
        DispatchFixture fixture = new DispatchFixture();

        DispatchResult result = fixture.dispatch(
                records,
                sent -> sent.stream().anyMatch(bad::contains)
                        ? new BatchResult.Refused("one is bad")
                        : new BatchResult.AllAccepted());

        List<FinalWord> words = DispatchFixture.words(result);
        assertThat(words.stream().map(FinalWord::index).toList())
                .containsExactlyElementsOf(IntStream.range(0, records).boxed().toList());
        assertThat(words).allSatisfy(word -> assertThat(word.status())
                .isEqualTo(bad.contains("r" + word.index()) ? REJECTED : SUCCEEDED));
        int depth = 32 - Integer.numberOfLeadingZeros(records - 1);
        assertThat(fixture.calls).hasSizeLessThanOrEqualTo(2 * bad.size() * depth + 1);
        assertThat(fixture.time.slept()).isZero();
    }

    /** Whatever a destination answers, each record gets exactly one final word or is counted as not attempted. */
    @Property(tries = 2_000)
    void everyRecordIsAccountedForOnce(
            @ForAll @IntRange(min = 1, max = 40) int records, @ForAll long seed, @ForAll boolean idempotent)
            throws Exception {
        Random random = new Random(seed);
        DispatchFixture fixture = new DispatchFixture();
        fixture.idempotent = idempotent;

        Set<String> perhapsDone = new HashSet<>();

        DispatchResult result = fixture.dispatch(records, sent -> {
            assertThat(sent).doesNotContainAnyElementsOf(idempotent ? Set.of() : perhapsDone);
            BatchResult answer = anyAnswer(random, sent.size());
            notePerhapsDone(answer, sent, perhapsDone);
            return answer;
        });

        List<Integer> decided =
                DispatchFixture.words(result).stream().map(FinalWord::index).toList();
        assertThat(decided).doesNotHaveDuplicates();
        assertThat(decided.size() + result.notAttempted()).isEqualTo(records);
        if (result.notAttempted() > 0) {
            assertThat(result.failure()).isPresent();
        }
        result.calls().forEach(call -> assertThat(call.endedAt()).isAfterOrEqualTo(call.startedAt()));
    }

    private static void notePerhapsDone(BatchResult answer, List<String> sent, Set<String> perhapsDone) {
        switch (answer) {
            case BatchResult.Unknown unknown -> perhapsDone.addAll(sent);
            case BatchResult.PerRecord(List<AttemptResult> results) -> {
                List<String> answered = sent.subList(0, Math.min(sent.size(), results.size()));
                for (int i = 0; i < answered.size(); i++) {
                    boolean unclear = results.get(i) instanceof AttemptResult.Unknown;
                    perhapsDone.addAll(unclear ? List.of(answered.get(i)) : List.of());
                }
            }
            case null, default -> {}
        }
    }

    private static BatchResult anyAnswer(Random random, int size) {
        return switch (random.nextInt(20)) {
            case 0 -> new BatchResult.AllAccepted();
            case 1, 2 -> new BatchResult.Refused("no");
            case 3, 4 -> new BatchResult.RetryLater(Duration.ofSeconds(random.nextInt(3)), "busy");
            case 5 -> new BatchResult.Unknown("timeout");
            case 6 -> {
                if (random.nextInt(4) == 0) {
                    throw new IllegalStateException("bug");
                }
                yield null;
            }
            default -> {
                List<AttemptResult> answers = new ArrayList<>();
                int given = Math.max(0, size + (random.nextInt(8) == 0 ? random.nextInt(3) - 1 : 0));
                for (int i = 0; i < given; i++) {
                    answers.add(anyAttempt(random));
                }
                yield new BatchResult.PerRecord(answers);
            }
        };
    }

    private static AttemptResult anyAttempt(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> new AttemptResult.Rejected("bad");
            case 1 -> new AttemptResult.RetryLater(Duration.ZERO, "lock");
            case 2 -> new AttemptResult.Unknown("hm");
            default -> AttemptResult.Accepted.PLAIN;
        };
    }
}
