package io.sluice.connector.source;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A column that a source computes of several others, so that together they identify a row (KEY-3). Its value is text: that
 * of {@link #text}, or null where any of the columns is null.
 *
 * @param name the computed column; the relation must have none of that name
 * @param columns what it is made of, in this order; at least two
 */
public record CompoundKey(String name, List<String> columns) {
    public CompoundKey {
        Objects.requireNonNull(name, "name");
        columns = List.copyOf(columns);
        if (columns.size() < 2) {
            throw new IllegalArgumentException("a compound key has at least two columns");
        }
    }

    /**
     * The key of a row: the texts of its columns, each as it would read as an identifier, joined by {@code |}. A backslash
     * stands before each {@code |} and each backslash inside them, so that different rows never give the same key.
     */
    public static String text(List<String> parts) {
        return parts.stream()
                .map(part -> part.replace("\\", "\\\\").replace("|", "\\|"))
                .collect(Collectors.joining("|"));
    }
}
