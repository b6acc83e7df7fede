package io.sluice.extractor.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.extractor.known.AskedRows;
import io.sluice.extractor.known.KnownRowsFolder;
import io.sluice.record.Fingerprint;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unchanged rows as marks (ADR 0170). */
class KnownRowsReadingTest {
    private static final int PARTITIONS = 4;

    private final RecordedOutput output = new RecordedOutput();

    @Test
    @DisplayName(
            "A row that the reading before has sent comes without its payload; one that is new or was asked for is whole")
    void knownRowsTravelAsMarks(@TempDir Path folder) {
        // Given
        KnownRowsFolder known = new KnownRowsFolder(Optional.of(folder));
        read(known, AskedRows.NONE, 3_000);
        Fingerprint asked = output.records().getFirst().fingerprint();
        String whole = output.records().getFirst().payload();
        output.byPartition.clear();

        // When
        read(known, AskedRows.of(ByteBuffer.allocate(8).putLong(asked.high()).flip()), 3_001);

        // Then
        assertThat(output.records()).hasSize(3_001);
        assertThat(output.records().stream().map(RecordedOutput.Row::payload).filter(Objects::nonNull))
                .containsExactlyInAnyOrder(whole, "{\"id\":3000}");

        // and what was asked for stays whole in the runs after, until it changes
        output.byPartition.clear();
        read(known, AskedRows.NONE, 3_001);
        assertThat(output.records().stream().map(RecordedOutput.Row::payload).filter(Objects::nonNull))
                .containsExactly(whole);
    }

    @Test
    @DisplayName("A reading that failed leaves what was known before")
    void failedReadingForgetsNothing(@TempDir Path folder) {
        KnownRowsFolder known = new KnownRowsFolder(Optional.of(folder));
        read(known, AskedRows.NONE, 100);
        new Extraction(
                        Plans.upsert(),
                        PARTITIONS,
                        () -> new ScriptedSource(sink -> {
                            throw new ScriptedSource.Broken();
                        }),
                        output,
                        known.open(61, true, AskedRows.NONE))
                .run();
        output.byPartition.clear();

        read(known, AskedRows.NONE, 100);

        assertThat(output.records()).hasSize(100).allMatch(row -> row.payload() == null);
    }

    private void read(KnownRowsFolder known, AskedRows asked, int count) {
        new Extraction(
                        Plans.upsert(),
                        PARTITIONS,
                        () -> new ScriptedSource(sink -> ScriptedSource.rows(sink, count)),
                        output,
                        known.open(61, true, asked))
                .run();
    }
}
