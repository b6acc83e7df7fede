package io.sluice.bucket.store;

import io.sluice.bucket.BucketStorage;
import io.sluice.bucket.StorageException;
import io.sluice.bucket.StorageProblem;
import io.sluice.connector.ConnectionCheck;
import io.sluice.connector.ConnectorError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Finds out whether tracking can work in a bucket: writes, reads, lists and deletes a small object (BKT-9). A missing
 * permission does not end the test: all that are missing are named at once.
 */
public final class BucketProbe {
    private static final String PREFIX = "sync_tracking_datasets/connection-test-";

    private final StoreType type;
    private final BucketStorage bucket;
    private final String key = PREFIX + UUID.randomUUID() + ".txt";
    private final ByteBuffer content =
            ByteBuffer.wrap(("Sluice tests this bucket: " + key + "\n").getBytes(StandardCharsets.UTF_8));
    private final List<ConnectionCheck.Step> steps = new ArrayList<>();
    private boolean written;
    private boolean over;

    private BucketProbe(StoreType type, BucketStorage bucket) {
        this.type = type;
        this.bucket = bucket;
    }

    /** Tests a bucket; may take some minutes when nothing answers. */
    public static ConnectionCheck test(StoreType type, BucketStorage bucket) {
        return new BucketProbe(type, bucket).run();
    }

    private ConnectionCheck run() {
        StoreType.Permissions permissions = type.permissions();
        step("Write an object", permissions.write(), () -> {
            bucket.put(key, content);
            written = true;
            return "";
        });
        step("Read it", permissions.read(), () -> bucket.read(key)
                .map(read -> read.equals(content) ? "" : "the object that was read is not the one that was written")
                .orElse(written ? "the object that was written is not there" : ""));
        step(
                "List it",
                permissions.list(),
                () -> bucket.list(key).contains(key) || !written ? "" : "the object that was written is not listed");
        step("Delete it", permissions.delete(), () -> {
            bucket.delete(key);
            return "";
        });
        return new ConnectionCheck(steps);
    }

    private void step(String name, String permission, Attempt attempt) {
        if (over) {
            steps.add(new ConnectionCheck.Skipped(name));
            return;
        }
        try {
            String wrong = attempt.make();
            steps.add(
                    wrong.isEmpty()
                            ? new ConnectionCheck.Passed(name)
                            : failed(name, StorageProblem.FAILED, wrong + ": something else changes this bucket"));
        } catch (StorageException failed) {
            over = failed.problem() != StorageProblem.DENIED;
            steps.add(failed(name, failed.problem(), message(permission, failed)));
        }
    }

    private String message(String permission, StorageException failed) {
        return failed.problem() == StorageProblem.DENIED
                ? "The permission " + permission + " is missing, or the credentials are wrong: " + failed.getMessage()
                : failed.getMessage();
    }

    private static ConnectionCheck.Failed failed(String name, StorageProblem problem, String message) {
        ConnectorError.Fault fault =
                switch (problem) {
                    case MISSING, DENIED -> ConnectorError.Fault.CONFIGURATION;
                    case FULL, UNREACHABLE, FAILED -> ConnectorError.Fault.EXTERNAL;
                };
        return new ConnectionCheck.Failed(name, new ConnectorError(problem.code(), fault, message));
    }

    @FunctionalInterface
    private interface Attempt {
        /** What is wrong with the answer; empty for nothing. */
        String make() throws StorageException;
    }
}
