package io.sluice.mapping.engine.liquid;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a template reads (LIQ-2), found without rendering it.
 *
 * @param places the columns it names, exact case, each with where it is named first
 * @param wholeRecord whether it also uses the record as a whole, hence every column
 */
public record TemplateColumns(Map<String, Place> places, boolean wholeRecord) {
    public TemplateColumns {
        places = Collections.unmodifiableMap(new LinkedHashMap<>(places));
    }

    /** A position in a template; both count from 1. */
    public record Place(int line, int column) {}

    /** The columns it names. */
    public Set<String> names() {
        return places.keySet();
    }
}
