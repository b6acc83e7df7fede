package io.sluice.connector.destination.postgres;

import io.sluice.record.Value;
import java.math.BigDecimal;

/**
 * The text in which values go into a column of a given type. The server parses it: what it does not understand it
 * refuses, in its own words.
 */
record ColumnText(TableColumn column, boolean wholeNumber, boolean array) {
    /** A whole number of more digits than this fits no integer type; it is left to the server to say so. */
    private static final int MOST_DIGITS = 40;

    /** For values of a column. */
    static ColumnText into(TableColumn column) {
        return new ColumnText(column, column.wholeNumber(), column.array());
    }

    /**
     * Writes a value. What is still the bytes it came in is not made into text and back.
     *
     * @throws UnfitValueException if the server would take it for something else
     */
    void write(Value value, CopyText to) throws UnfitValueException {
        switch (value) {
            case Value.Null _ -> to.nothing();
            case Value.Bool(boolean truth) -> to.value(Boolean.toString(truth));
            case Value.Number number when wholeNumber && !number.isWrittenWhole() -> to.value(whole(number.text()));
            case Value.Number number when number.isUtf8() -> to.plain(number);
            case Value.Number number -> to.value(number.text());
            case Value.Text text when array -> to.value(list(text.text()));
            case Value.Text text when text.isUtf8() -> to.plain(text);
            case Value.Text text -> to.value(text.text());
            case Value.Structured json when array -> to.value(ArrayLiteral.of(json.json(), column));
            case Value.Structured json -> to.json(json);
        }
    }

    private String list(String text) {
        return text.stripLeading().startsWith("[") ? listOrText(text) : text;
    }

    /** JSON text in a list's column is read as JSON (MAP-14); {@code [0:1]={1,2}} is PostgreSQL's own notation. */
    private String listOrText(String text) {
        try {
            return ArrayLiteral.of(text, column);
        } catch (UnfitValueException notJson) {
            return text;
        }
    }

    /** {@code 5.00} and {@code 5e2} are whole, but an integer type refuses to read them. */
    private static String whole(String digits) {
        BigDecimal number = new BigDecimal(digits).stripTrailingZeros();
        boolean exact = number.scale() <= 0 && number.precision() - number.scale() <= MOST_DIGITS;
        return exact ? number.toPlainString() : digits;
    }
}
