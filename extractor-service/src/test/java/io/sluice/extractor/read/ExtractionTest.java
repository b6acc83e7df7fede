package io.sluice.extractor.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.connector.source.RecordSink;
import io.sluice.connector.source.SourceRow;
import io.sluice.contract.EndState;
import io.sluice.contract.ExtractEnded;
import io.sluice.contract.Invalidity;
import io.sluice.contract.RecordBatch;
import io.sluice.contract.RunPlan;
import io.sluice.contract.RunStarted;
import io.sluice.extractor.known.KnownRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ExtractionTest {
    private static final int PARTITIONS = 4;

    private final RecordedOutput output = new RecordedOutput();

    @Test
    @DisplayName("Every partition gets a whole bracket, and the row counts of the end markers add up")
    void bracketInEveryPartition() {
        // Given
        Extraction extraction = extraction(sink -> ScriptedSource.rows(sink, 3_000));

        // When
        var end = extraction.run();

        // Then
        assertThat(end).contains(EndState.COMPLETED);
        assertThat(output.byPartition.keySet()).containsExactly(0, 1, 2, 3);
        long counted = 0;
        for (List<Object> events : output.byPartition.values()) {
            assertThat(events.getFirst()).isInstanceOf(RunStarted.class);
            assertThat(events.getLast()).isInstanceOf(ExtractEnded.class);
            counted += ((ExtractEnded) events.getLast()).getRecordCount();
        }
        assertThat(counted).isEqualTo(3_000);
        assertThat(output.records()).hasSize(3_000);
    }

    @Test
    @DisplayName("The same identifier always travels through the same partition, and batches stay small")
    void identifiersKeepTheirPartition() {
        // Given
        Extraction extraction = extraction(sink -> {
            ScriptedSource.rows(sink, 3_000);
            ScriptedSource.rows(sink, 3_000);
        });

        // When
        extraction.run();

        // Then
        Map<String, Integer> home = new HashMap<>();
        output.byPartition.forEach((partition, events) -> events.forEach(event -> {
            if (event instanceof RecordBatch batch) {
                assertThat(batch.getRowCount()).isLessThanOrEqualTo(PartitionedBatches.ROWS);
                RecordedOutput.rowsOf(batch)
                        .forEach(row -> assertThat(home.merge(row.identifier(), partition, (a, b) -> a))
                                .isEqualTo(partition));
            }
        }));
        assertThat(home).hasSize(3_000);
    }

    @Test
    @DisplayName("KEY-5: null and duplicate identifiers are marked invalid; equal payloads have equal fingerprints")
    void invalidRowsAreMarked() {
        // Given
        Extraction extraction = extraction(sink -> {
            sink.accept(new SourceRow(null, ScriptedSource.bytes("{\"id\":null}"), false));
            sink.accept(new SourceRow("7", ScriptedSource.bytes("{\"id\":7}"), true));
            sink.accept(new SourceRow("7", ScriptedSource.bytes("{\"id\":7}"), true));
            sink.accept(new SourceRow("8", ScriptedSource.bytes("{\"id\":8}"), false));
        });

        // When
        extraction.run();

        // Then
        assertThat(output.records().stream().map(RecordedOutput.Row::invalidity))
                .containsExactlyInAnyOrder(
                        Invalidity.NULL_IDENTIFIER,
                        Invalidity.DUPLICATE_IDENTIFIER,
                        Invalidity.DUPLICATE_IDENTIFIER,
                        null);
        assertThat(output.records().stream()
                        .map(RecordedOutput.Row::fingerprint)
                        .distinct())
                .hasSize(3);
    }

    @Test
    @DisplayName("A source that fails in mid-read closes the bracket as failed, with its error")
    void failingSourceClosesTheBracket() {
        // Given
        Extraction extraction = extraction(sink -> {
            ScriptedSource.rows(sink, 10);
            throw new ScriptedSource.Broken();
        });

        // When
        var end = extraction.run();

        // Then
        assertThat(end).contains(EndState.FAILED);
        ExtractEnded ended = (ExtractEnded) output.byPartition.get(0).getLast();
        assertThat(ended.getError().getCode()).isEqualTo("CONNECTION_LOST");
    }

    @Test
    @DisplayName("A connector with a bug closes the bracket as failed, too")
    void buggyConnectorClosesTheBracket() {
        // Given
        Extraction extraction = extraction(sink -> {
            throw new IllegalStateException("oops");
        });

        // When
        var end = extraction.run();

        // Then
        assertThat(end).contains(EndState.FAILED);
        ExtractEnded ended = (ExtractEnded) output.byPartition.get(0).getLast();
        assertThat(ended.getError().getCode()).isEqualTo("EXTRACTOR_FAILED");
    }

    @Test
    @DisplayName("RUN-16: a cancelled run stops reading and closes the bracket as cancelled")
    void cancelStopsReading() {
        // Given
        List<Extraction> self = new ArrayList<>();
        Extraction extraction = extraction(sink -> {
            ScriptedSource.rows(sink, 100);
            self.getFirst().cancel("a user cancelled the run");
            for (int i = 0; i < 1_000_000; i++) {
                if (!sink.accept(new SourceRow("x" + i, ScriptedSource.bytes("{}"), false))) {
                    return;
                }
            }
            throw new AssertionError("nobody stopped the reading");
        });
        self.add(extraction);

        // When
        var end = extraction.run();

        // Then
        assertThat(end).contains(EndState.CANCELED);
        ExtractEnded ended = (ExtractEnded) output.byPartition.get(3).getLast();
        assertThat(ended.getError().getCode()).isEqualTo("RUN_CANCELED");
    }

    @Test
    @DisplayName("An abandoned extraction leaves the bracket open for the next attempt")
    void abandonedLeavesTheBracketOpen() {
        // Given
        List<Extraction> self = new ArrayList<>();
        Extraction extraction = extraction(sink -> self.getFirst().abandon());
        self.add(extraction);

        // When
        var end = extraction.run();

        // Then
        assertThat(end).isEmpty();
        assertThat(output.byPartition.get(0)).hasSize(1).first().isInstanceOf(RunStarted.class);
    }

    @Test
    @DisplayName("When Kafka does not take the rows no end marker is sent: the attempt is void")
    void lostRowsAreNeverClosed() {
        // Given
        output.broken = true;
        Extraction extraction = extraction(sink -> ScriptedSource.rows(sink, 10));

        // When, then
        assertThatThrownBy(extraction::run).isInstanceOf(RecordOutput.OutputFailed.class);
        assertThat(output.byPartition.values())
                .allSatisfy(events -> assertThat(events).noneMatch(ExtractEnded.class::isInstance));
    }

    @Test
    @DisplayName("SRC-26: a source with more rows than a run may read fails it, and no more than those are sent")
    void tooManyRows() {
        RunPlan limited = RunPlan.newBuilder(Plans.upsert()).setMaximumRows(10L).build();
        Extraction extraction = new Extraction(
                limited,
                PARTITIONS,
                () -> new ScriptedSource(sink -> rowsWhileWanted(sink, 3_000)),
                output,
                KnownRows.none());

        var end = extraction.run();

        assertThat(end).contains(EndState.FAILED);
        assertThat(output.records()).hasSize(10);
        assertThat(((ExtractEnded) output.byPartition.get(0).getLast())
                        .getError()
                        .getCode())
                .isEqualTo("SOURCE_TOO_LARGE");
    }

    private static void rowsWhileWanted(RecordSink sink, int count) {
        boolean wanted = true;
        for (int i = 0; i < count && wanted; i++) {
            wanted = sink.accept(new SourceRow("id" + i, ScriptedSource.bytes("{}"), false));
        }
    }

    private Extraction extraction(Consumer<RecordSink> reading) {
        return new Extraction(Plans.upsert(), PARTITIONS, () -> new ScriptedSource(reading), output, KnownRows.none());
    }
}
