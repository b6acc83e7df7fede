package io.sluice.connector.destination.postgres;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * A JSON array as PostgreSQL's array literal (MAP-14). Nested arrays become dimensions, except where the elements are
 * JSON themselves: then every element is passed on as the JSON it is.
 */
final class ArrayLiteral {
    private static final JsonFactory JSON = new JsonFactory();

    private final String json;
    private final TableColumn column;
    private final StringBuilder literal;

    private ArrayLiteral(String json, TableColumn column) {
        this.json = json;
        this.column = column;
        this.literal = new StringBuilder(json.length() + 16);
    }

    /**
     * Translates one array.
     *
     * @throws UnfitValueException if the text is no JSON array
     */
    static String of(String json, TableColumn column) throws UnfitValueException {
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw unfit(column);
            }
            ArrayLiteral literal = new ArrayLiteral(json, column);
            literal.array(parser);
            if (parser.nextToken() != null) {
                throw unfit(column);
            }
            return literal.literal.toString();
        } catch (IOException malformed) {
            throw unfit(column);
        }
    }

    private static UnfitValueException unfit(TableColumn column) {
        return new UnfitValueException(
                "JSON_ARRAY_ERROR: column " + column.name() + " takes a list, and the value is not a JSON array");
    }

    private void array(JsonParser parser) throws IOException {
        literal.append('{');
        boolean first = true;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (!first) {
                literal.append(column.delimiter());
            }
            first = false;
            element(token, parser);
        }
        literal.append('}');
    }

    private void element(JsonToken token, JsonParser parser) throws IOException {
        if (token == JsonToken.VALUE_NULL) {
            literal.append("NULL");
        } else if (token == JsonToken.START_ARRAY && !column.json()) {
            array(parser);
        } else if (column.json() || token.isStructStart()) {
            quoted(source(parser));
        } else {
            quoted(parser.getText());
        }
    }

    /** The element as it stands in the text, digit for digit and escape for escape. */
    private String source(JsonParser parser) throws IOException {
        int from = (int) parser.currentTokenLocation().getCharOffset();
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            parser.finishToken();
        }
        parser.skipChildren();
        int to = (int) parser.currentLocation().getCharOffset();
        return json.substring(from, to);
    }

    private void quoted(String element) {
        literal.append('"');
        for (int index = 0; index < element.length(); index++) {
            char character = element.charAt(index);
            if (character == '"' || character == '\\') {
                literal.append('\\');
            }
            literal.append(character);
        }
        literal.append('"');
    }
}
