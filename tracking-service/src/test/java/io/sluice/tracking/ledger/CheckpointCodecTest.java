package io.sluice.tracking.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CheckpointCodecTest {
    private final CheckpointCodec codec = new CheckpointCodec(4000);

    @Test
    void theTextIsTheOneOfEarlierReleases() {
        TreeMap<Long, FileSequence> runs = new TreeMap<>();
        runs.put(41L, new FileSequence(2, 0, 1, 130_000));
        runs.put(1041L, new FileSequence(0, 3, 0, 12));
        Checkpoint checkpoint = new Checkpoint(500, OptionalLong.of(900), runs);

        String text = codec.encode(checkpoint, Set.of(41L, 1041L));

        assertThat(text).isEqualTo("1:kAMpAgAB0PcH6AcAAwAM");
        assertThat(codec.decode(500, text)).isEqualTo(checkpoint);
    }

    @Test
    void runsWithoutFilesTakeNoRoomUnlessPromised() {
        TreeMap<Long, FileSequence> runs = new TreeMap<>();
        runs.put(41L, FileSequence.START);
        Checkpoint checkpoint = new Checkpoint(5, OptionalLong.empty(), runs);

        assertThat(codec.decode(5, codec.encode(checkpoint, Set.of())).runs()).isEmpty();
        assertThat(codec.decode(5, codec.encode(checkpoint, Set.of(41L))).runs())
                .containsKey(41L);
    }

    @Test
    void anOffsetSetByOtherToolsStartsWithoutRuns() {
        assertThat(codec.decode(12, "")).isEqualTo(Checkpoint.start(12));
        assertThat(codec.decode(12, null)).isEqualTo(Checkpoint.start(12));
    }

    @Test
    void foreignAndDamagedTextIsRefused() {
        assertThatThrownBy(() -> codec.decode(0, "2:abc")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> codec.decode(0, "1:kAMp")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> codec.decode(0, "1:*")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CheckpointCodec(100)).isInstanceOf(IllegalArgumentException.class);
    }
}
