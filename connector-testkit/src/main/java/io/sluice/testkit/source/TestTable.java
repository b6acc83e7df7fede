package io.sluice.testkit.source;

import io.sluice.connector.source.SourceObject;
import io.sluice.connector.source.SourceQuery;
import java.util.Objects;

/**
 * A table of the source under test, made by its fixture. Its columns, in this order: {@code id} (whole number),
 * {@code name} (text), {@code amount} (decimal with two digits behind the point), {@code active} (boolean). All may be
 * null, none is declared unique.
 */
public record TestTable(SourceObject object) {
    public static final String ID = "id";
    public static final String NAME = "name";
    public static final String AMOUNT = "amount";
    public static final String ACTIVE = "active";

    public TestTable {
        Objects.requireNonNull(object, "object");
    }

    /** The whole table. */
    public SourceQuery query() {
        return new SourceQuery.Table(object);
    }
}
