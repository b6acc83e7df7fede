package io.sluice.testkit.source;

import java.math.BigDecimal;

/** A row of a {@link TestTable}; null is NULL. */
public record TestRow(Long id, String name, BigDecimal amount, Boolean active) {

    /** A row that differs from all others of another id. */
    public static TestRow sample(long id) {
        return new TestRow(id, "name of " + id, new BigDecimal(id + ".50"), id % 2 == 0);
    }

    /** A row of which only the name matters. */
    public static TestRow named(Long id, String name) {
        return new TestRow(id, name, new BigDecimal("1.25"), true);
    }
}
