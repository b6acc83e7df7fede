package io.sluice.tracking.query;

import io.sluice.bucket.LocalFolderStorage;
import io.sluice.bucket.StorageException;
import io.sluice.operation.OperationKind;
import io.sluice.tracking.QuietLogs;
import io.sluice.tracking.file.TrackingFileEncoder;
import io.sluice.tracking.row.BatchType;
import io.sluice.tracking.row.SampleRows;
import io.sluice.tracking.row.TrackedRow;
import io.sluice.tracking.run.RunFolder;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * A large run in a folder: how fast it is written and how soon questions about it are answered. By hand, docs/performance.md
 * says how: {@code write FOLDER ROWS}, then {@code ask FOLDER ROWS} in a new process.
 */
public final class RecordsBenchmark {
    private static final PrintStream OUT = System.out;
    private static final RunLocation RUN = new RunLocation(OptionalLong.empty(), new RunFolder(1, 2, 3));
    private static final int ROWS_PER_FILE = 50_000;
    private static final int ONE_REJECTED_IN_FILES = 10;
    private static final int REPETITIONS = 31;
    private static final long CACHE_BYTES = 64L << 20;
    private static final int AT_ONCE = 16;

    private RecordsBenchmark() {}

    private interface Question {
        long ask(RunQueries queries, int repetition) throws StorageException;
    }

    public static void main(String[] arguments) throws StorageException {
        QuietLogs.hush();
        LocalFolderStorage bucket = LocalFolderStorage.open(Path.of(arguments[1]));
        int rows = Integer.parseInt(arguments[2]);
        if (arguments[0].equals("write")) {
            write(bucket, rows);
        } else {
            ask(bucket, rows);
        }
    }

    private static void write(LocalFolderStorage bucket, int rows) throws StorageException {
        TrackingFileEncoder encoder = new TrackingFileEncoder();
        long encoding = 0;
        long storing = 0;
        long bytes = 0;
        for (int file = 0; file * ROWS_PER_FILE < rows; file++) {
            List<TrackedRow> content = SampleRows.realistic(ROWS_PER_FILE, file * ROWS_PER_FILE);
            if (file % ONE_REJECTED_IN_FILES == 0) {
                content.set(77, SampleRows.rejected("rejected-" + file, OperationKind.UPSERT, "no such country"));
            }
            long began = System.nanoTime();
            ByteBuffer encoded = encoder.encode(2, 3, content);
            long between = System.nanoTime();
            bucket.put(RUN.folder().fileKey(BatchType.RECORDS_UPDATED, file), encoded);
            storing += System.nanoTime() - between;
            encoding += between - began;
            bytes += encoded.remaining();
        }
        OUT.printf(
                Locale.ROOT,
                "%,d rows, %.0f MB: encoded %,.0f rows/s, encoded and stored %,.0f rows/s%n",
                rows,
                bytes / 1e6,
                rows / (encoding / 1e9),
                rows / ((encoding + storing) / 1e9));
    }

    private static void ask(LocalFolderStorage bucket, int rows) throws StorageException {
        RunQueries queries = new RunQueries(id -> bucket, new FooterCache(CACHE_BYTES), AT_ONCE);
        report("first search of this process", List.of(millis(queries, -1, (asked, n) -> hit(asked, rows / 3 + 1))));
        medians(queries, "search, hit", (asked, n) -> hit(asked, (int) ((n * 7_919_317L + 41) % rows)));
        medians(queries, "search, miss", (asked, n) -> page(asked, "nobody-" + n, null, 0));
        medians(queries, "count, all", (asked, n) -> asked.count(RUN, RowFilter.ALL));
        medians(queries, "count, rejected", (asked, n) -> asked.count(RUN, filter(null, "rejected")));
        medians(queries, "first page of rejected", (asked, n) -> page(asked, null, "rejected", 0));
        medians(queries, "page 1", (asked, n) -> page(asked, null, null, 0));
        medians(queries, "page in the middle", (asked, n) -> page(asked, null, null, rows / 2 + n * 1_000L));
        medians(queries, "last page", (asked, n) -> page(asked, null, null, rows - 50));
    }

    private static void medians(RunQueries queries, String what, Question question) throws StorageException {
        List<Double> millis = new java.util.ArrayList<>();
        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            millis.add(millis(queries, repetition, question));
        }
        report(what, millis);
    }

    private static double millis(RunQueries queries, int repetition, Question question) throws StorageException {
        long began = System.nanoTime();
        if (question.ask(queries, repetition) < 0) {
            throw new IllegalStateException("no answer");
        }
        return (System.nanoTime() - began) / 1e6;
    }

    private static void report(String what, List<Double> millis) {
        List<Double> sorted = millis.stream().sorted().toList();
        OUT.printf(
                Locale.ROOT,
                "%-32s median %7.1f ms   slowest %7.1f ms%n",
                what,
                sorted.get(sorted.size() / 2),
                sorted.getLast());
    }

    private static long hit(RunQueries queries, int number) throws StorageException {
        int id = number % ROWS_PER_FILE == 77 ? number + 1 : number;
        long total = page(queries, "customer-" + id, null, 0);
        if (total != 1) {
            throw new IllegalStateException("customer-" + id + " was found " + total + " times");
        }
        return total;
    }

    private static long page(RunQueries queries, String identifier, String status, long offset)
            throws StorageException {
        return queries.page(RUN, filter(identifier, status), offset, 100).total();
    }

    private static RowFilter filter(String identifier, String status) {
        return RowFilter.of(identifier, status, null).orElseThrow();
    }
}
