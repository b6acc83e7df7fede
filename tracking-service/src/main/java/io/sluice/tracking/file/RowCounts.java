package io.sluice.tracking.file;

import io.sluice.operation.OperationKind;
import io.sluice.tracking.row.RowStatus;
import io.sluice.tracking.row.TrackedRow;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How many rows of a file have which status and operation. A file says it in its footer, so that rejected rows are found
 * and counted without reading files that have none (TRK-2). Immutable.
 */
public final class RowCounts {
    /** Key of the footer entry. Additive: files without it are counted by reading two small columns. */
    public static final String FOOTER_KEY = "sluice.row_counts";

    private static final int OPERATIONS = OperationKind.values().length;

    private final long[] counts;

    private RowCounts(long[] counts) {
        this.counts = counts;
    }

    /** Counts rows. */
    public static RowCounts of(Collection<TrackedRow> rows) {
        Builder builder = new Builder();
        rows.forEach(row -> builder.add(row.status(), row.operation()));
        return builder.build();
    }

    /** The text of the footer entry, such as {@code succeeded.upsert=49999 rejected.upsert=1}. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (RowStatus status : RowStatus.values()) {
            for (OperationKind operation : OperationKind.values()) {
                long count = counts[index(status, operation)];
                if (count > 0) {
                    text.append(text.isEmpty() ? "" : " ")
                            .append(status.name().toLowerCase(Locale.ROOT))
                            .append('.')
                            .append(operation.wireName())
                            .append('=')
                            .append(count);
                }
            }
        }
        return text.toString();
    }

    /** Reads {@link #text}; empty when it is of a later version that has words this one does not know. */
    public static Optional<RowCounts> parse(String text) {
        Builder builder = new Builder();
        try {
            for (String entry : text.isBlank() ? new String[0] : text.strip().split(" ")) {
                int dot = entry.indexOf('.');
                int equals = entry.indexOf('=');
                RowStatus status = RowStatus.valueOf(entry.substring(0, dot).toUpperCase(Locale.ROOT));
                OperationKind operation =
                        OperationKind.valueOf(entry.substring(dot + 1, equals).toUpperCase(Locale.ROOT));
                builder.counts[index(status, operation)] += Long.parseLong(entry.substring(equals + 1));
            }
            return Optional.of(builder.build());
        } catch (IllegalArgumentException | IndexOutOfBoundsException unknown) {
            return Optional.empty();
        }
    }

    /** Rows with one of these statuses and one of these operations. */
    public long matching(Set<RowStatus> statuses, Set<OperationKind> operations) {
        long sum = 0;
        for (RowStatus status : statuses) {
            for (OperationKind operation : operations) {
                sum += counts[index(status, operation)];
            }
        }
        return sum;
    }

    /** All rows. */
    public long total() {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }

    private static int index(RowStatus status, OperationKind operation) {
        return status.ordinal() * OPERATIONS + operation.ordinal();
    }

    /** Collects counts; used by one thread. */
    public static final class Builder {
        private final long[] counts = new long[RowStatus.values().length * OPERATIONS];

        /** Counts a row. */
        public void add(RowStatus status, OperationKind operation) {
            counts[index(status, operation)]++;
        }

        /** What was counted. */
        public RowCounts build() {
            return new RowCounts(counts.clone());
        }
    }
}
