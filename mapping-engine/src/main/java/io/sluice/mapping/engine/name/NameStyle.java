package io.sluice.mapping.engine.name;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** How a column's name becomes a field's when all properties are synced (MAP-8). The wire names are part of the API. */
public enum NameStyle {
    /** {@code First Name}. */
    START_CASE,
    /** As it is, in lower case. */
    LOWER_CASE,
    /** As it is, in upper case. */
    UPPER_CASE,
    /** {@code firstName}. */
    CAMEL_CASE,
    /** {@code first_name}. */
    SNAKE_CASE,
    /** As it is. */
    MATCH_SOURCE_NAMES,
    /** As it is, but names that differ in case only are told apart by a number. */
    ENSURE_UNIQUENESS;

    private static final Pattern WORDS =
            Pattern.compile("[^\\p{L}\\p{N}]+|(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");

    /** The word of the API. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The style of that word. */
    public static Optional<NameStyle> fromWireName(String word) {
        for (NameStyle style : values()) {
            if (style.wireName().equals(word)) {
                return Optional.of(style);
            }
        }
        return Optional.empty();
    }

    /** One column's name in this style, whatever the others are called. */
    public String of(String column) {
        String name =
                switch (this) {
                    case START_CASE -> joined(column, " ", true, true);
                    case CAMEL_CASE -> joined(column, "", false, true);
                    case SNAKE_CASE -> joined(column, "_", false, false);
                    case LOWER_CASE -> column.toLowerCase(Locale.ROOT);
                    case UPPER_CASE -> column.toUpperCase(Locale.ROOT);
                    case MATCH_SOURCE_NAMES, ENSURE_UNIQUENESS -> column;
                };
        return name.isBlank() ? column : name;
    }

    /**
     * The field of each column, no two the same. A column whose name is in this style already keeps it; of others that
     * would get the same name the later ones in the alphabet get a number.
     */
    public Map<String, String> of(Set<String> columns) {
        List<String> order = new ArrayList<>(columns);
        order.sort((a, b) -> {
            int styled = Boolean.compare(!of(a).equals(a), !of(b).equals(b));
            return styled != 0 ? styled : a.compareTo(b);
        });
        Map<String, String> fields = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>();
        for (String column : order) {
            String field = of(column);
            for (int number = 2; !taken.add(same(field)); number++) {
                field = of(column) + "_" + number;
            }
            fields.put(column, field);
        }
        return fields;
    }

    private String same(String field) {
        return this == ENSURE_UNIQUENESS ? field.toLowerCase(Locale.ROOT) : field;
    }

    private static String joined(String column, String between, boolean firstUpper, boolean othersUpper) {
        StringBuilder name = new StringBuilder();
        for (String word : WORDS.split(column)) {
            if (word.isEmpty()) {
                continue;
            }
            String lower = word.toLowerCase(Locale.ROOT);
            boolean upper = name.isEmpty() ? firstUpper : othersUpper;
            name.append(name.isEmpty() ? "" : between);
            int first = lower.offsetByCodePoints(0, 1);
            name.append(upper ? lower.substring(0, first).toUpperCase(Locale.ROOT) + lower.substring(first) : lower);
        }
        return name.toString();
    }
}
