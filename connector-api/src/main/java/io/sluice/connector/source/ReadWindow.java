package io.sluice.connector.source;

import java.util.Objects;
import java.util.Optional;

/**
 * Which rows of an append's source are new (requirement BEH-20): those whose growing column is at or above the last run's
 * maximum and below the present one. Rows without a value are none of them. The present maximum is that of the read's own
 * snapshot and never falls below {@code from}.
 *
 * @param column the growing column; any column of the source object
 * @param from the last run's maximum, in the source's own text form; empty in the first run
 * @param overlapSeconds how far before {@code from} is read again, for rows that arrive late; only columns of dates and
 *     times have a use for it
 * @param onlyMark whether no row is wanted, but the present maximum
 */
public record ReadWindow(String column, Optional<String> from, long overlapSeconds, boolean onlyMark) {
    public ReadWindow {
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(from, "from");
    }
}
