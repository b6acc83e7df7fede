package io.sluice.tracking.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.operation.OperationKind;
import io.sluice.tracking.file.TrackingFileEncoder;
import io.sluice.tracking.row.BatchType;
import io.sluice.tracking.row.RowStatus;
import io.sluice.tracking.row.SampleRows;
import io.sluice.tracking.row.TrackedRow;
import io.sluice.tracking.run.RunFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Every question about a run gives what a plain list of its rows gives (TRK-2, TRK-3, TRK-10). */
class RunQueriesProperties {
    private static final RunLocation RUN = new RunLocation(OptionalLong.empty(), new RunFolder(1, 2, 3));
    private static final String[] STATUSES = {null, "", "succeeded", "rejected", "invalid", "NULL", "DUPLICATE"};
    private static final String[] OPERATIONS = {null, "upsert", "update", "insert", "append", "delete"};

    @Property(tries = 60)
    void answersAreThoseOfAPlainList(
            @ForAll long seed,
            @ForAll @IntRange(max = 6) int files,
            @ForAll @IntRange(min = 1, max = 700) int rows,
            @ForAll boolean old)
            throws IOException {
        Random random = new Random(seed);
        MemoryBucket bucket = new MemoryBucket();
        List<TrackedRow> all = fill(bucket, random, files, rows, old);
        RunQueries queries = new RunQueries(id -> bucket, new FooterCache(random.nextInt(20_000)), 4);

        for (int question = 0; question < 12; question++) {
            String identifier = random.nextInt(3) > 0 ? null : "row-" + random.nextInt(60);
            RowFilter filter = RowFilter.of(
                            identifier,
                            STATUSES[random.nextInt(STATUSES.length)],
                            OPERATIONS[random.nextInt(OPERATIONS.length)])
                    .orElseThrow();
            List<TrackedRow> expected =
                    all.stream().filter(row -> passes(row, filter)).toList();
            int limit = 1 + random.nextInt(100);
            int offset = random.nextInt(Math.max(1, expected.size() + 3));

            assertThat(queries.count(RUN, filter)).isEqualTo(expected.size());
            RunQueries.RowPage page = queries.page(RUN, filter, offset, limit);
            assertThat(page.total()).isEqualTo(expected.size());
            assertThat(page.rows())
                    .isEqualTo(expected.subList(
                            Math.min(offset, expected.size()), Math.min(offset + limit, expected.size())));
            List<TrackedRow> streamed = new ArrayList<>();
            queries.each(RUN, filter, streamed::add);
            assertThat(streamed).isEqualTo(expected);
        }
    }

    private static boolean passes(TrackedRow row, RowFilter filter) {
        return filter.identifier().map(id -> id.equals(row.identifier())).orElse(true)
                && filter.statuses().contains(row.status())
                && filter.operations().contains(row.operation());
    }

    /** Files as partitions write them: each of one batch type, numbers with gaps. The rows in the promised order. */
    private static List<TrackedRow> fill(MemoryBucket bucket, Random random, int files, int rows, boolean old) {
        TreeMap<Long, BatchType> types = new TreeMap<>();
        List<TrackedRow> all = new ArrayList<>();
        for (int file = 0; file < files; file++) {
            types.put((long) random.nextInt(40), BatchType.values()[random.nextInt(3)]);
        }
        TrackingFileEncoder encoder = new TrackingFileEncoder();
        types.forEach((number, type) -> {
            List<TrackedRow> content = new ArrayList<>();
            for (int row = 0; row < 1 + random.nextInt(rows); row++) {
                content.add(row(random, type));
            }
            ByteBuffer bytes = encoder.encode(2, 3, content);
            bucket.put(RUN.folder().fileKey(type, number), old ? withoutCounts(bytes) : bytes);
            all.addAll(content);
        });
        bucket.put(RUN.folder().metadataKey(), SampleRows.json("{}"));
        return all;
    }

    /** As files were before their footers said how many rows of which kind there are. */
    private static ByteBuffer withoutCounts(ByteBuffer file) {
        String text = StandardCharsets.ISO_8859_1.decode(file.duplicate()).toString();
        assertThat(text).contains("sluice.row_counts");
        return ByteBuffer.wrap(
                text.replace("sluice.row_counts", "nobody.row_counts").getBytes(StandardCharsets.ISO_8859_1));
    }

    private static TrackedRow row(Random random, BatchType type) {
        OperationKind operation =
                switch (type) {
                    case RECORDS_DELETED -> OperationKind.DELETE;
                    case RECORDS_UPDATED -> OperationKind.values()[random.nextInt(4)];
                    case RECORDS_INVALID -> OperationKind.values()[random.nextInt(5)];
                };
        RowStatus status = type == BatchType.RECORDS_INVALID
                ? random.nextBoolean() ? RowStatus.NULL : RowStatus.DUPLICATE
                : random.nextInt(5) == 0 ? RowStatus.REJECTED : RowStatus.SUCCEEDED;
        ByteBuffer payload = SampleRows.json(
                "{\"n\":" + random.nextInt() + ",\"t\":\"" + "x".repeat(random.nextInt(9) == 0 ? 3_000 : 5) + "\"}");
        Instant started = Instant.ofEpochSecond(1_795_000_000L + random.nextInt(500), 1_000L * random.nextInt(900_000));
        String identifier = status == RowStatus.NULL ? null : "row-" + random.nextInt(60);
        boolean invalid = status.invalid();
        return new TrackedRow(
                identifier,
                payload,
                operation,
                status,
                status == RowStatus.REJECTED ? "no " + random.nextInt(4) : null,
                invalid ? null : started,
                invalid ? null : started.plusMillis(7));
    }
}
