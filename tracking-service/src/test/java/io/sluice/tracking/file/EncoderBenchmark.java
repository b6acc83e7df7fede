package io.sluice.tracking.file;

import io.sluice.tracking.QuietLogs;
import io.sluice.tracking.row.SampleRows;
import io.sluice.tracking.row.TrackedRow;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.util.List;

/** Prints rows per second of one core and file sizes; by hand: README.md says how. */
public final class EncoderBenchmark {
    private static final int ROWS = 50_000;
    private static final int FILES = 20;

    private EncoderBenchmark() {}

    public static void main(String[] arguments) {
        QuietLogs.hush();
        PrintStream out = System.out;
        TrackingFileEncoder encoder = new TrackingFileEncoder();
        List<TrackedRow> rows = SampleRows.realistic(ROWS, 1_000_000);
        long payload = rows.stream().mapToLong(row -> row.payload().remaining()).sum() / ROWS;
        for (int round = 0; round < 4; round++) {
            long bytes = 0;
            long began = System.nanoTime();
            for (int file = 0; file < FILES; file++) {
                ByteBuffer content = encoder.encode(1, 2, rows);
                bytes += content.remaining();
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            out.printf(
                    "%d rows of %d payload bytes: %.0f rows/s, %.1f MB per file of %d rows%n",
                    ROWS * FILES, payload, ROWS * FILES / seconds, bytes / 1e6 / FILES, ROWS);
        }
    }
}
