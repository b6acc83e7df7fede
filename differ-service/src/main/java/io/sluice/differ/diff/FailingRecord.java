package io.sluice.differ.diff;

import io.sluice.contract.PlannedOperation;
import io.sluice.record.Fingerprint;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A record that the destination rejected in the latest run that attempted it.
 *
 * @param content what was rejected
 * @param operation how it was sent
 * @param failures in how many runs in a row it was
 * @param lastFailedRun the latest of them
 * @param failingSince when it was rejected for the first time
 * @param lastMetRun the latest run that would have sent it with this content, whether it did or not
 * @param listed whether the control plane was told that the record is in quarantine
 * @param reason what the destination said in the latest of them
 */
public record FailingRecord(
        Fingerprint content,
        PlannedOperation operation,
        int failures,
        long lastFailedRun,
        Instant failingSince,
        long lastMetRun,
        boolean listed,
        Optional<String> reason) {

    public FailingRecord {
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(failingSince, "failingSince");
        Objects.requireNonNull(reason, "reason");
    }

    static FailingRecord first(
            Fingerprint content, PlannedOperation operation, long run, Instant at, Optional<String> reason) {
        return new FailingRecord(content, operation, 1, run, at, run, false, reason);
    }

    FailingRecord again(long run, Optional<String> latestReason) {
        return new FailingRecord(content, operation, failures + 1, run, failingSince, run, listed, latestReason);
    }

    FailingRecord metBy(long run) {
        return new FailingRecord(content, operation, failures, lastFailedRun, failingSince, run, listed, reason);
    }

    FailingRecord listed(boolean now) {
        return new FailingRecord(content, operation, failures, lastFailedRun, failingSince, lastMetRun, now, reason);
    }
}
