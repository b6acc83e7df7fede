package io.sluice.connector.source;

import java.util.Objects;

/** A table or view, addressed as the API does (requirement SRC-5). */
public record SourceObject(String catalog, String schema, String name) {
    public SourceObject {
        Objects.requireNonNull(catalog, "catalog");
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(name, "name");
    }
}
