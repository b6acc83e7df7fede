package io.sluice.tracking.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.tracking.row.TrackedRow;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * RFC 4180 in UTF-8: REASON and what was done, then the columns of the payload (HIS-9). A null is nothing between commas, an
 * empty text is two quotes; nested values are JSON.
 */
public final class CsvRows implements RowWriter {
    private static final List<String> FIRST =
            List.of("REASON", "IDENTIFIER", "OPERATION", "STATUS", "BATCH_STARTED_AT", "BATCH_COMPLETED_AT");

    private final Writer out;
    private final List<String> columns;

    /** Writes the header. */
    public CsvRows(OutputStream stream, List<String> columns) throws IOException {
        this.out = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
        this.columns = List.copyOf(columns);
        StringBuilder line = new StringBuilder(String.join(",", FIRST));
        columns.forEach(column -> field(line.append(','), column));
        end(line);
    }

    @Override
    public void write(TrackedRow row) throws IOException {
        StringBuilder line = new StringBuilder();
        field(line, RowJson.reason(row));
        field(line.append(','), row.identifier());
        field(line.append(','), row.operation().wireName());
        field(line.append(','), row.status().word());
        field(line.append(','), RowJson.text(row.batchStartedAt()));
        field(line.append(','), RowJson.text(row.batchEndedAt()));
        JsonNode payload = payload(row);
        for (String column : columns) {
            JsonNode value = payload.get(column);
            line.append(',');
            if (value != null && !value.isNull()) {
                field(line, value.isValueNode() ? value.asText() : value.toString());
            }
        }
        end(line);
    }

    private static JsonNode payload(TrackedRow row) {
        try {
            return RowJson.read(row.payload());
        } catch (JsonProcessingException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void field(StringBuilder line, String text) {
        if (text == null) {
            return;
        }
        boolean plain = !text.isEmpty() && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        line.append(plain ? text : '"' + text.replace("\"", "\"\"") + '"');
    }

    private void end(StringBuilder line) throws IOException {
        out.append(line.append("\r\n"));
    }

    @Override
    public void close() throws IOException {
        out.flush();
    }
}
