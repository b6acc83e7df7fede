package io.sluice.tracking.query;

import io.sluice.tracking.row.BatchType;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Parquet file of a run.
 *
 * @param key its key in the bucket
 * @param type what its rows are
 * @param number its batch number
 */
public record RunFile(String key, BatchType type, long number) {
    /** The order of files, and so of rows: numbers grow while a run works, so new rows come near the end. */
    public static final Comparator<RunFile> ORDER =
            Comparator.comparingLong(RunFile::number).thenComparing(RunFile::type);

    private static final Pattern NAME = Pattern.compile("([a-z_]+)\\.([0-9]{1,18})\\.parquet");

    /** Reads a key; empty when it is not that of a tracking file. */
    public static Optional<RunFile> of(String key) {
        Matcher name = NAME.matcher(key.substring(key.lastIndexOf('/') + 1));
        if (name.matches()) {
            for (BatchType type : BatchType.values()) {
                if (type.prefix().equals(name.group(1))) {
                    return Optional.of(new RunFile(key, type, Long.parseLong(name.group(2))));
                }
            }
        }
        return Optional.empty();
    }

    /** The last part of the key. */
    public String name() {
        return key.substring(key.lastIndexOf('/') + 1);
    }
}
