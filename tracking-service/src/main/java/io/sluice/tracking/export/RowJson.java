package io.sluice.tracking.export;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.sluice.tracking.row.TrackedRow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** A row as JSON, with the names of the API (TRK-10, TRK-25). */
public final class RowJson {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final ObjectMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private RowJson() {}

    /** Writes the fields of a row into an object that is open. The payload is put in as it is. */
    public static void fields(JsonGenerator json, TrackedRow row) throws IOException {
        json.writeStringField("identifier", row.identifier());
        json.writeFieldName("record_payload");
        String payload = payload(row);
        json.writeRawValue(payload.isEmpty() ? "null" : payload);
        json.writeStringField("operation", row.operation().wireName());
        json.writeStringField("status", row.status().word());
        json.writeStringField("status_message", row.message());
        json.writeStringField("batch_started_at", text(row.batchStartedAt()));
        json.writeStringField("batch_completed_at", text(row.batchEndedAt()));
    }

    /** The payload as it is in the file. */
    public static String payload(TrackedRow row) {
        return StandardCharsets.UTF_8.decode(row.payload().duplicate()).toString();
    }

    /** Why a row did not reach the destination: its message, or for an invalid row the code (TRK-7); null when it did. */
    public static String reason(TrackedRow row) {
        if (row.message() != null) {
            return row.message();
        }
        return row.status().invalid() ? row.status().word() : null;
    }

    /** As the API writes instants; null for null. */
    public static String text(Instant instant) {
        return instant == null ? null : FORMAT.format(instant);
    }

    /** The payload read; numbers keep the digits they were written with. Missing when there is none. */
    static JsonNode read(ByteBuffer payload) throws JsonProcessingException {
        String text = StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
        return text.isEmpty() ? MissingNode.getInstance() : EXACT.readTree(text);
    }

    static String write(JsonNode node) throws JsonProcessingException {
        return EXACT.writeValueAsString(node);
    }
}
