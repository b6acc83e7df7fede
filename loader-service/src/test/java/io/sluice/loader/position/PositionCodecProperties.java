package io.sluice.loader.position;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.StageError;
import io.sluice.loader.outcome.LoadTally;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PositionCodecProperties {

    @Property
    void whatIsWrittenIsRead(@ForAll("few") PartitionPosition position) {
        String metadata = PositionCodec.encode(position);
        assertThat(PositionCodec.decode(position.offset(), metadata)).isEqualTo(position);
    }

    @Property(tries = 200)
    void neverLongerThanABrokerTakesAndWhatIsReadBackIsTrue(@ForAll("many") PartitionPosition position) {
        String metadata = PositionCodec.encode(position);
        assertThat(metadata.length()).isLessThanOrEqualTo(PositionCodec.MAXIMUM_LENGTH);
        assertThat(metadata).matches("[\\x20-\\x7e]*");
        PartitionPosition read = PositionCodec.decode(position.offset(), metadata);
        assertThat(read.skip()).isEqualTo(position.skip());
        assertThat(new HashSet<>(position.openRuns().stream()
                        .map(PositionCodecProperties::facts)
                        .toList()))
                .containsAll(read.openRuns().stream()
                        .map(PositionCodecProperties::facts)
                        .toList());
        assertThat(read.complete())
                .isEqualTo(position.complete()
                        && read.openRuns().size() == position.openRuns().size());
    }

    @Property
    void whatAnybodyElseWroteIsNoReasonToFail(@ForAll String metadata) {
        PartitionPosition read = PositionCodec.decode(7, metadata);
        assertThat(read).isEqualTo(new PartitionPosition(7, 0, List.of(), false));
    }

    @Property
    void aDamagedPositionIsNoReasonToFail(@ForAll("few") PartitionPosition position, @ForAll byte cut) {
        String metadata = PositionCodec.encode(position);
        int length = 2 + Math.floorMod(cut, Math.max(1, metadata.length() - 2));
        assertThat(PositionCodec.decode(7, metadata.substring(0, length)).offset())
                .isEqualTo(7);
    }

    @Example
    void aHundredOpenRunsFit() {
        LoadTally busy = new LoadTally(1_000_000, 1_000, 10_000, 3, 0);
        List<OpenRun> runs = java.util.stream.LongStream.range(0, 100)
                .mapToObj(i -> new OpenRun(1_000_000 + i, 50_000 + i, busy, Optional.empty()))
                .toList();
        PartitionPosition position = new PartitionPosition(5, 0, runs, true);
        assertThat(PositionCodec.decode(5, PositionCodec.encode(position))).isEqualTo(position);
    }

    private static List<Object> facts(OpenRun run) {
        return List.of(run.syncRunId(), run.syncId(), run.tally(), run.failure().map(StageError::getCode));
    }

    @Provide
    Arbitrary<PartitionPosition> few() {
        return positions(0, 4);
    }

    @Provide
    Arbitrary<PartitionPosition> many() {
        return positions(0, 400);
    }

    private static Arbitrary<PartitionPosition> positions(int least, int most) {
        return Combinators.combine(
                        Arbitraries.longs().between(0, Long.MAX_VALUE),
                        Arbitraries.integers().between(0, Integer.MAX_VALUE),
                        runs().list().ofMinSize(least).ofMaxSize(most).uniqueElements(OpenRun::syncRunId),
                        Arbitraries.of(true, false))
                .as(PartitionPosition::new);
    }

    private static Arbitrary<OpenRun> runs() {
        Arbitrary<Long> count = Arbitraries.longs().between(0, Long.MAX_VALUE / 4);
        Arbitrary<LoadTally> tallies =
                Combinators.combine(count, count, count, count, count).as(LoadTally::new);
        Arbitrary<StageError> errors = Combinators.combine(
                        Arbitraries.strings()
                                .withCharRange('A', 'Z')
                                .ofMinLength(1)
                                .ofMaxLength(40),
                        Arbitraries.strings().ofMinLength(1).ofMaxLength(100))
                .as(StageError::new);
        return Combinators.combine(
                        Arbitraries.longs().between(0, Long.MAX_VALUE),
                        Arbitraries.longs().between(0, Long.MAX_VALUE),
                        tallies,
                        errors.optional())
                .as(OpenRun::new);
    }
}
