package io.sluice.standalone.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * One row as texts, in the order of the sync's mappings; SQL NULL is {@code null}.
 *
 * @param values the columns' values; the first is the identifier
 */
record Row(List<String> values) {
    Row {
        // List.copyOf would refuse nulls.
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    Optional<String> identifier() {
        return Optional.ofNullable(values.getFirst());
    }
}
