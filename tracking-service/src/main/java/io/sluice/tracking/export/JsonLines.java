package io.sluice.tracking.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.sluice.tracking.row.TrackedRow;
import java.io.IOException;
import java.io.OutputStream;

/** One JSON object per line, with the names of the API. */
public final class JsonLines implements RowWriter {
    private final JsonGenerator json;

    public JsonLines(OutputStream stream) throws IOException {
        this.json = new JsonFactory().createGenerator(stream).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
    }

    @Override
    public void write(TrackedRow row) throws IOException {
        json.writeStartObject();
        RowJson.fields(json, row);
        json.writeEndObject();
    }

    @Override
    public void close() throws IOException {
        json.writeRaw('\n');
        json.close();
    }
}
