package io.sluice.extractor.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.connector.ConnectionCheck;
import io.sluice.connector.ConnectorError;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.source.ReadRequest;
import io.sluice.connector.source.RecordReader;
import io.sluice.connector.source.RecordSink;
import io.sluice.connector.source.SourceColumn;
import io.sluice.connector.source.SourceConnection;
import io.sluice.connector.source.SourceObject;
import io.sluice.connector.source.SourceQuery;
import io.sluice.connector.source.SourceRow;
import io.sluice.contract.EndState;
import io.sluice.contract.ExtractEnded;
import io.sluice.contract.Invalidity;
import io.sluice.contract.PlannedBehavior;
import io.sluice.contract.PlannedColumn;
import io.sluice.contract.PlannedEndpoint;
import io.sluice.contract.PlannedSql;
import io.sluice.contract.PlannedStateMode;
import io.sluice.contract.RecordBatch;
import io.sluice.contract.RunPlan;
import io.sluice.contract.RunStarted;
import io.sluice.contract.rows.PackedRows;
import io.sluice.extractor.known.AskedRows;
import io.sluice.extractor.known.KnownRows;
import io.sluice.extractor.known.KnownRowsFolder;
import io.sluice.record.Fingerprint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtractionTest {
    private static final int PARTITIONS = 4;

    private final RecordedOutput output = new RecordedOutput();

    @Test
    @DisplayName("Every partition gets a whole bracket, and the row counts of the end markers add up")
    void bracketInEveryPartition() {
        // Given
        Extraction extraction = extraction(sink -> rows(sink, 3_000));

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
        assertThat(records()).hasSize(3_000);
    }

    @Test
    @DisplayName("The same identifier always travels through the same partition, and batches stay small")
    void identifiersKeepTheirPartition() {
        // Given
        Extraction extraction = extraction(sink -> {
            rows(sink, 3_000);
            rows(sink, 3_000);
        });

        // When
        extraction.run();

        // Then
        Map<String, Integer> home = new HashMap<>();
        output.byPartition.forEach((partition, events) -> events.forEach(event -> {
            if (event instanceof RecordBatch batch) {
                assertThat(batch.getRowCount()).isLessThanOrEqualTo(PartitionedBatches.ROWS);
                rowsOf(batch).forEach(row -> assertThat(home.merge(row.identifier(), partition, (a, b) -> a))
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
            sink.accept(new SourceRow(null, bytes("{\"id\":null}"), false));
            sink.accept(new SourceRow("7", bytes("{\"id\":7}"), true));
            sink.accept(new SourceRow("7", bytes("{\"id\":7}"), true));
            sink.accept(new SourceRow("8", bytes("{\"id\":8}"), false));
        });

        // When
        extraction.run();

        // Then
        assertThat(records().stream().map(Row::invalidity))
                .containsExactlyInAnyOrder(
                        Invalidity.NULL_IDENTIFIER,
                        Invalidity.DUPLICATE_IDENTIFIER,
                        Invalidity.DUPLICATE_IDENTIFIER,
                        null);
        assertThat(records().stream().map(Row::fingerprint).distinct()).hasSize(3);
    }

    @Test
    @DisplayName("A source that fails in mid-read closes the bracket as failed, with its error")
    void failingSourceClosesTheBracket() {
        // Given
        Extraction extraction = extraction(sink -> {
            rows(sink, 10);
            throw new Broken();
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
            rows(sink, 100);
            self.getFirst().cancel("a user cancelled the run");
            for (int i = 0; i < 1_000_000; i++) {
                if (!sink.accept(new SourceRow("x" + i, bytes("{}"), false))) {
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
        Extraction extraction = extraction(sink -> rows(sink, 10));

        // When, then
        assertThatThrownBy(extraction::run).isInstanceOf(RecordOutput.OutputFailed.class);
        assertThat(output.byPartition.values())
                .allSatisfy(events -> assertThat(events).noneMatch(ExtractEnded.class::isInstance));
    }

    @Test
    @DisplayName("SRC-26: a source with more rows than a run may read fails it, and no more than those are sent")
    void tooManyRows() {
        RunPlan limited = RunPlan.newBuilder(plan()).setMaximumRows(10L).build();
        Extraction extraction = new Extraction(
                limited,
                PARTITIONS,
                () -> new FakeSource(sink -> rowsWhileWanted(sink, 3_000)),
                output,
                KnownRows.none());

        var end = extraction.run();

        assertThat(end).contains(EndState.FAILED);
        assertThat(records()).hasSize(10);
        assertThat(((ExtractEnded) output.byPartition.get(0).getLast())
                        .getError()
                        .getCode())
                .isEqualTo("SOURCE_TOO_LARGE");
    }

    @Test
    @DisplayName(
            "A row that the reading before has sent comes without its payload; one that is new or was asked for is whole")
    void knownRowsTravelAsMarks(@TempDir Path folder) {
        // Given
        KnownRowsFolder known = new KnownRowsFolder(Optional.of(folder));
        read(known, AskedRows.NONE, 3_000);
        Fingerprint asked = records().getFirst().fingerprint();
        String whole = records().getFirst().payload();
        output.byPartition.clear();

        // When
        read(known, AskedRows.of(ByteBuffer.allocate(8).putLong(asked.high()).flip()), 3_001);

        // Then
        assertThat(records()).hasSize(3_001);
        assertThat(records().stream().map(Row::payload).filter(Objects::nonNull))
                .containsExactlyInAnyOrder(whole, "{\"id\":3000}");

        // and what was asked for stays whole in the runs after, until it changes
        output.byPartition.clear();
        read(known, AskedRows.NONE, 3_001);
        assertThat(records().stream().map(Row::payload).filter(Objects::nonNull))
                .containsExactly(whole);
    }

    @Test
    @DisplayName("A reading that failed leaves what was known before")
    void failedReadingForgetsNothing(@TempDir Path folder) {
        KnownRowsFolder known = new KnownRowsFolder(Optional.of(folder));
        read(known, AskedRows.NONE, 100);
        new Extraction(
                        plan(),
                        PARTITIONS,
                        () -> new FakeSource(sink -> {
                            throw new Broken();
                        }),
                        output,
                        known.open(61, true, AskedRows.NONE))
                .run();
        output.byPartition.clear();

        read(known, AskedRows.NONE, 100);

        assertThat(records()).hasSize(100).allMatch(row -> row.payload() == null);
    }

    private void read(KnownRowsFolder known, AskedRows asked, int count) {
        new Extraction(
                        plan(),
                        PARTITIONS,
                        () -> new FakeSource(sink -> rows(sink, count)),
                        output,
                        known.open(61, true, asked))
                .run();
    }

    private static void rowsWhileWanted(RecordSink sink, int count) {
        boolean wanted = true;
        for (int i = 0; i < count && wanted; i++) {
            wanted = sink.accept(new SourceRow("id" + i, bytes("{}"), false));
        }
    }

    private List<Row> records() {
        return output.byPartition.values().stream()
                .flatMap(List::stream)
                .filter(RecordBatch.class::isInstance)
                .flatMap(batch -> rowsOf((RecordBatch) batch).stream())
                .toList();
    }

    private record Row(String identifier, Fingerprint fingerprint, Invalidity invalidity, String payload) {}

    private static List<Row> rowsOf(RecordBatch batch) {
        List<Row> rows = new ArrayList<>();
        PackedRows packed = new PackedRows(batch.getRows());
        while (packed.next()) {
            rows.add(new Row(
                    packed.identifier(),
                    new Fingerprint(packed.high(), packed.low()),
                    packed.invalidity(),
                    packed.whole()
                            ? StandardCharsets.UTF_8.decode(packed.payload()).toString()
                            : null));
        }
        assertThat(rows).hasSize(batch.getRowCount());
        return rows;
    }

    private static void rows(RecordSink sink, int count) {
        for (int i = 0; i < count; i++) {
            sink.accept(new SourceRow("id" + i, bytes("{\"id\":" + i + "}"), false));
        }
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private Extraction extraction(Consumer<RecordSink> reading) {
        return new Extraction(plan(), PARTITIONS, () -> new FakeSource(reading), output, KnownRows.none());
    }

    private static RunPlan plan() {
        PlannedEndpoint end = new PlannedEndpoint(1L, "fake", "table", 1L, "t");
        return RunPlan.newBuilder()
                .setSyncRunId(94)
                .setSyncId(61)
                .setOrganizationId(1)
                .setWorkspaceId(1)
                .setSource(end)
                .setDestination(end)
                .setQuery(new PlannedSql("select 1 as id"))
                .setColumns(List.of(new PlannedColumn("id", "number")))
                .setIdentifierColumn("id")
                .setMappings(List.of())
                .setBehavior(PlannedBehavior.UPSERT)
                .setStateMode(PlannedStateMode.PLATFORM)
                .setFullSync(false)
                .setFullSyncReasons(List.of())
                .setBatchSize(null)
                .setStartedAt(Instant.EPOCH)
                .build();
    }

    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** A source whose reading is a script. */
    private record FakeSource(Consumer<RecordSink> reading) implements SourceConnection {
        @Override
        public ConnectionCheck check() {
            return new ConnectionCheck(List.of());
        }

        @Override
        public List<SourceObject> objects() {
            return List.of();
        }

        @Override
        public List<SourceColumn> columns(SourceQuery query) {
            return List.of();
        }

        @Override
        public RecordReader read(ReadRequest request) {
            return new RecordReader() {
                @Override
                public void read(RecordSink sink) throws ConnectorException {
                    try {
                        reading.accept(sink);
                    } catch (Broken broken) {
                        throw new ConnectorException(
                                new ConnectorError(
                                        "CONNECTION_LOST", ConnectorError.Fault.EXTERNAL, "the source went away"),
                                broken);
                    }
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void close() {}
    }
}
