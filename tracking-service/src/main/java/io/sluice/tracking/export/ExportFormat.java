package io.sluice.tracking.export;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a download can be. */
public enum ExportFormat {
    /** Comma-separated values. */
    CSV("text/csv; charset=utf-8"),
    /** JSON Lines. */
    JSONL("application/x-ndjson"),
    /** One Parquet file with the columns of the tracking files. */
    PARQUET("application/vnd.apache.parquet");

    private final String mediaType;

    ExportFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** Media type of the content. */
    public String mediaType() {
        return mediaType;
    }

    /** The format of this name; empty when there is none. */
    public static Optional<ExportFormat> of(String name) {
        return Arrays.stream(values())
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }
}
