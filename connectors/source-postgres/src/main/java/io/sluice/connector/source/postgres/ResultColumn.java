package io.sluice.connector.source.postgres;

import io.sluice.connector.source.SourceColumn;
import java.util.Objects;

/** A column of a relation: its name, its type as people know it, and how its values travel. */
record ResultColumn(String name, String dataType, ColumnEncoding encoding) {
    ResultColumn {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(dataType, "dataType");
        Objects.requireNonNull(encoding, "encoding");
    }

    SourceColumn toSourceColumn() {
        return new SourceColumn(name, dataType, encoding.jsonType());
    }
}
