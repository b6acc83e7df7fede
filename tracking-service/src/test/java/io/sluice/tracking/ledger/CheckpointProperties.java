package io.sluice.tracking.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class CheckpointProperties {
    private static final int LIMIT = 3000;

    @Property(tries = 500)
    void aSmallCheckpointComesBackWhole(
            @ForAll @LongRange(min = 0) long position,
            @ForAll @IntRange(min = 0) int promised,
            @ForAll("fewRuns") SortedMap<Long, FileSequence> runs) {
        long start = position / 2;
        Checkpoint checkpoint =
                new Checkpoint(start, promised == 0 ? OptionalLong.empty() : OptionalLong.of(start + promised), runs);
        CheckpointCodec codec = new CheckpointCodec(LIMIT);

        Checkpoint read = codec.decode(start, codec.encode(checkpoint, runs.keySet()));

        assertThat(read).isEqualTo(checkpoint);
    }

    @Property(tries = 50)
    void aLargeCheckpointKeepsWhatIsPromisedAndFits(
            @ForAll @IntRange(min = 700, max = 2000) int count, @ForAll @IntRange(min = 1, max = 64) int promisedRuns) {
        SortedMap<Long, FileSequence> runs = new TreeMap<>();
        for (long run = 0; run < count; run++) {
            runs.put(run * 1_000_003, new FileSequence((int) run, 300, 1, run * 50_000));
        }
        List<Long> ids = new ArrayList<>(runs.keySet());
        Set<Long> needed = ids.stream().limit(promisedRuns).collect(Collectors.toSet());
        Checkpoint checkpoint = new Checkpoint(17, OptionalLong.of(99), runs);
        CheckpointCodec codec = new CheckpointCodec(LIMIT);

        String text = codec.encode(checkpoint, needed);
        Checkpoint read = codec.decode(17, text);

        assertThat(text.length()).isLessThanOrEqualTo(LIMIT);
        assertThat(read.runs()).containsKeys(needed.toArray(Long[]::new)).containsKey(ids.getLast());
        assertThat(runs.entrySet()).containsAll(read.runs().entrySet());
    }

    @Property(tries = 20)
    void theWorstCutFits(@ForAll @LongRange(min = 1, max = 1000) long first) {
        SortedMap<Long, FileSequence> runs = new TreeMap<>();
        FileSequence largest =
                new FileSequence(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE);
        for (int run = 0; run < CutPolicy.RUNS_PER_CUT; run++) {
            runs.put(first + run * (Long.MAX_VALUE / 100), largest);
        }

        String text = new CheckpointCodec(LIMIT)
                .encode(new Checkpoint(0, OptionalLong.of(Long.MAX_VALUE), runs), runs.keySet());

        assertThat(text.length()).isLessThan(LIMIT);
    }

    @Provide
    Arbitrary<SortedMap<Long, FileSequence>> fewRuns() {
        Arbitrary<Integer> numbers = Arbitraries.integers().greaterOrEqual(0);
        Arbitrary<FileSequence> sequences = Combinators.combine(
                        numbers, numbers, numbers, Arbitraries.longs().greaterOrEqual(0))
                .as(FileSequence::new);
        return Arbitraries.maps(Arbitraries.longs().greaterOrEqual(0), sequences)
                .ofMaxSize(CutPolicy.RUNS_PER_CUT)
                .map((Map<Long, FileSequence> runs) -> new TreeMap<>(runs));
    }
}
