package io.sluice.loader.outcome;

import io.sluice.connector.destination.DestinationRecord;
import io.sluice.mapping.engine.json.JsonText;
import io.sluice.record.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The destination fields of a record as the connector was given them, as a JSON object (WWB-3): in the order of the sync's
 * mappings, numbers with the source's digits, fields that were left out left out. Immutable.
 */
public final class SentFields {
    /** Per field: its quoted name and a colon. */
    private final List<String> names;

    /**
     * For the records of one run.
     *
     * @param fields the fields' names, in the order of the records' values
     */
    public SentFields(List<String> fields) {
        names = fields.stream().map(field -> JsonText.quote(field) + ":").toList();
    }

    /** One record's fields. */
    ByteBuffer json(DestinationRecord record) {
        StringBuilder json = new StringBuilder(32 * names.size()).append('{');
        for (int i = 0; i < names.size(); i++) {
            Value value = record.values().get(i);
            if (value != null) {
                json.append(json.length() == 1 ? "" : ",").append(names.get(i));
                append(value, json);
            }
        }
        return ByteBuffer.wrap(json.append('}').toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void append(Value value, StringBuilder json) {
        switch (value) {
            case Value.Null nothing -> json.append("null");
            case Value.Bool(boolean truth) -> json.append(truth);
            case Value.Number number -> json.append(number.text());
            case Value.Structured structured -> json.append(structured.json());
            case Value.Text text -> {
                json.append('"');
                JsonText.escape(text.text(), json);
                json.append('"');
            }
        }
    }
}
