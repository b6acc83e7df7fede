package io.sluice.mapping.engine.cast;

import io.sluice.mapping.engine.json.JsonText;
import io.sluice.mapping.engine.json.MalformedJsonException;
import io.sluice.record.Value;
import java.math.BigDecimal;
import java.util.Optional;

/** Numbers as text, digit for digit. */
final class Numbers {
    /** A whole number with more digits than this fits no integer type anywhere. */
    private static final int MOST_DIGITS = 1_000;

    private Numbers() {}

    /** {@code 5.00} and {@code 5e2} are whole; written without point and exponent. */
    static Optional<Value> whole(String number) {
        BigDecimal exact;
        try {
            exact = new BigDecimal(number).stripTrailingZeros();
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
        return exact.scale() <= 0 && (long) exact.precision() - exact.scale() <= MOST_DIGITS
                ? Optional.of(new Value.Number(exact.toPlainString()))
                : Optional.empty();
    }

    /** A text that is a number; NaN and the infinities stay text, since JSON has no number for them. */
    static Optional<Value> parse(String text) {
        if (text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity")) {
            return Optional.of(new Value.Text(text));
        }
        try {
            return Optional.of(JsonText.read(text)).filter(Value.Number.class::isInstance);
        } catch (MalformedJsonException otherNotation) {
            return plain(text);
        }
    }

    /** {@code +1}, {@code .5}, {@code 5.} and {@code 007} are numbers, but not in JSON. */
    private static Optional<Value> plain(String text) {
        try {
            return Optional.of(new Value.Number(new BigDecimal(text).toString()));
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }
}
