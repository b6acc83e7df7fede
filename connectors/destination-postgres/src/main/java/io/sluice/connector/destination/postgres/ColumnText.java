package io.sluice.connector.destination.postgres;

import io.sluice.record.Value;
import java.math.BigDecimal;

/**
 * The text in which a value goes into a column of a given type. The server parses it: what it does not understand it
 * refuses, in its own words.
 */
final class ColumnText {
    /** A whole number of more digits than this fits no integer type; it is left to the server to say so. */
    private static final int MOST_DIGITS = 40;

    private ColumnText() {}

    /**
     * The text, or {@code null} for SQL NULL.
     *
     * @throws UnfitValueException if the server would take it for something else
     */
    static String of(Value value, TableColumn column) throws UnfitValueException {
        return switch (value) {
            case Value.Null _ -> null;
            case Value.Bool(boolean truth) -> Boolean.toString(truth);
            case Value.Number(String digits) -> column.wholeNumber() ? whole(digits) : digits;
            case Value.Text(String text) ->
                column.array() && text.stripLeading().startsWith("[") ? listOrText(text, column) : text;
            case Value.Structured(String json) -> column.array() ? ArrayLiteral.of(json, column) : json;
        };
    }

    /** JSON text in a list's column is read as JSON (MAP-14); {@code [0:1]={1,2}} is PostgreSQL's own notation. */
    private static String listOrText(String text, TableColumn column) {
        try {
            return ArrayLiteral.of(text, column);
        } catch (UnfitValueException notJson) {
            return text;
        }
    }

    /** {@code 5.00} and {@code 5e2} are whole, but an integer type refuses to read them. */
    private static String whole(String digits) {
        if (digits.indexOf('.') < 0 && digits.indexOf('e') < 0 && digits.indexOf('E') < 0) {
            return digits;
        }
        BigDecimal number = new BigDecimal(digits).stripTrailingZeros();
        boolean exact = number.scale() <= 0 && number.precision() - number.scale() <= MOST_DIGITS;
        return exact ? number.toPlainString() : digits;
    }
}
