package io.sluice.tracking.query;

import io.sluice.tracking.run.RunFolder;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Where a run's files are.
 *
 * @param bucketId the customer's bucket, or empty for the platform's own storage
 * @param folder the folder in it
 */
public record RunLocation(OptionalLong bucketId, RunFolder folder) {
    public RunLocation {
        Objects.requireNonNull(bucketId);
        Objects.requireNonNull(folder);
    }
}
