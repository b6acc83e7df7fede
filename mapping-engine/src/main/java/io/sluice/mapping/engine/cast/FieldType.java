package io.sluice.mapping.engine.cast;

import java.util.Locale;
import java.util.Optional;

/** The types a destination field can have (MAP-13). The wire names are part of the API and of run plans. */
public enum FieldType {
    BOOLEAN,
    /** A number with as many digits as it has. */
    DECIMAL,
    FLOAT,
    /** A whole number. */
    INTEGER,
    /** ISO, without time. */
    DATE,
    /** ISO, in UTC. */
    DATE_TIME,
    STRING,
    /** Any JSON. */
    OBJECT;

    /** The word of the API and of run plans. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type of that word. */
    public static Optional<FieldType> fromWireName(String word) {
        for (FieldType type : values()) {
            if (type.wireName().equals(word)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
