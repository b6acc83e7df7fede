package io.sluice.control.sync;

import io.sluice.record.Value;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;

/** The basic types of a constant mapping (MAP-3). */
public enum ConstantType {
    BOOLEAN,
    DATETIME,
    NUMBER,
    TEXT;

    /** The word of the API. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type of that word. */
    public static Optional<ConstantType> fromWireName(String name) {
        for (ConstantType type : values()) {
            if (type.wireName().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** Reads a constant's text; empty when it is not of this type. */
    public Optional<Value> parse(String text) {
        return switch (this) {
            case TEXT -> Optional.of(Value.ofText(text));
            case BOOLEAN ->
                switch (text.strip().toLowerCase(Locale.ROOT)) {
                    case "true" -> Optional.of(Value.of(true));
                    case "false" -> Optional.of(Value.of(false));
                    default -> Optional.empty();
                };
            case NUMBER -> number(text.strip());
            case DATETIME -> isDateTime(text.strip()) ? Optional.of(Value.ofText(text.strip())) : Optional.empty();
        };
    }

    /** Keeps the digits as they were given when JSON can write them. */
    private static Optional<Value> number(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            boolean json = text.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
            return Optional.of(new Value.Number(json ? text : number.toString()));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static boolean isDateTime(String text) {
        return parses(() -> OffsetDateTime.parse(text))
                || parses(() -> LocalDateTime.parse(text))
                || parses(() -> LocalDate.parse(text));
    }

    private static boolean parses(Runnable parser) {
        try {
            parser.run();
            return true;
        } catch (DateTimeException other) {
            return false;
        }
    }
}
