package io.sluice.tracking.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.tracking.row.TrackedRow;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Hides the values of columns that are marked as personal. Nulls stay nulls: they tell nobody anything. A value that the
 * destination repeats in its message is hidden there too. Thread-safe.
 *
 * @param columns names of the payload's columns
 * @param identifier whether the primary identifier is one of them
 */
public record Masking(Set<String> columns, boolean identifier) {
    /** Hides nothing. */
    public static final Masking NONE = new Masking(Set.of(), false);

    /** What stands in place of a value. */
    public static final String MASK = "[masked]";

    private static final int TELLING = 3;

    public Masking {
        columns = Set.copyOf(columns);
    }

    /** The row as it may be shown. */
    public TrackedRow of(TrackedRow row) {
        if (columns.isEmpty() && !identifier) {
            return row;
        }
        String message = row.message();
        ByteBuffer payload = row.payload();
        if (payload.hasRemaining() && !columns.isEmpty()) {
            try {
                JsonNode read = RowJson.read(payload);
                if (read instanceof ObjectNode object) {
                    for (String column : columns) {
                        JsonNode value = object.get(column);
                        if (value != null && !value.isNull()) {
                            message = without(message, value.asText());
                            object.put(column, MASK);
                        }
                    }
                    payload = StandardCharsets.UTF_8.encode(RowJson.write(object));
                }
            } catch (JsonProcessingException unreadable) {
                payload = StandardCharsets.UTF_8.encode('"' + MASK + '"');
            }
        }
        String shown = row.identifier();
        if (identifier && shown != null) {
            message = without(message, shown);
            shown = MASK;
        }
        return new TrackedRow(
                shown, payload, row.operation(), row.status(), message, row.batchStartedAt(), row.batchEndedAt());
    }

    private static String without(String message, String value) {
        return message == null || value.length() < TELLING ? message : message.replace(value, MASK);
    }
}
