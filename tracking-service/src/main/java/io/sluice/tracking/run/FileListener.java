package io.sluice.tracking.run;

import io.sluice.tracking.row.BatchType;

/** Hears of every file that was written. */
@FunctionalInterface
public interface FileListener {

    /** A file is durable. */
    void written(BatchType type, int rows, int bytes);
}
