package io.sluice.tracking.row;

import io.sluice.operation.OperationKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Rows for tests. */
public final class SampleRows {
    private static final Instant STARTED = Instant.parse("2026-11-21T08:00:00.123456Z");
    private static final Instant ENDED = Instant.parse("2026-11-21T08:00:01.5Z");

    private SampleRows() {}

    public static TrackedRow succeeded(String identifier, OperationKind operation) {
        return new TrackedRow(
                identifier,
                json("{\"id\":\"" + identifier + "\"}"),
                operation,
                RowStatus.SUCCEEDED,
                null,
                STARTED,
                ENDED);
    }

    public static TrackedRow rejected(String identifier, OperationKind operation, String message) {
        return new TrackedRow(
                identifier,
                json("{\"id\":\"" + identifier + "\"}"),
                operation,
                RowStatus.REJECTED,
                message,
                STARTED,
                ENDED);
    }

    public static TrackedRow invalid(String identifier, RowStatus status) {
        return new TrackedRow(identifier, json("{\"id\":null}"), OperationKind.UPSERT, status, null, null, null);
    }

    public static ByteBuffer json(String text) {
        return StandardCharsets.UTF_8.encode(text);
    }

    /** Believable rows with a payload of about 300 bytes, the same for the same seed. */
    public static List<TrackedRow> realistic(int count, int first) {
        Random random = new Random(first);
        List<TrackedRow> rows = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            int id = first + index;
            String payload = "{\"amount\":" + random.nextInt(1_000_000) / 100.0 + ",\"city\":\"City "
                    + random.nextInt(4000) + "\",\"created_at\":\"2026-0" + (1 + random.nextInt(9)) + "-1"
                    + random.nextInt(9) + "T1" + random.nextInt(9) + ":00:0" + random.nextInt(9)
                    + "Z\",\"email\":\"customer" + id + "@example.com\",\"id\":" + id + ",\"name\":\"Given"
                    + random.nextInt(3000) + " Family" + random.nextInt(9000)
                    + "\",\"note\":null,\"phone\":\"+49 30 " + random.nextInt(10_000_000)
                    + "\",\"score\":" + random.nextDouble() + ",\"street\":\"Street " + random.nextInt(500)
                    + "\",\"subscribed\":" + random.nextBoolean() + ",\"token\":\""
                    + Long.toHexString(random.nextLong())
                    + "\"}";
            rows.add(new TrackedRow(
                    "customer-" + id, json(payload), OperationKind.UPSERT, RowStatus.SUCCEEDED, null, STARTED, ENDED));
        }
        return rows;
    }
}
