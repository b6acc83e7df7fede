package io.sluice.testkit.destination;

import java.util.Map;
import java.util.Objects;

/**
 * An object whose text field refers to another object, made by the fixture (DST-7).
 *
 * @param object the object that is written, empty; its text field takes keys of the other object only
 * @param lookupObject full name of the other object
 * @param lookupField its field that values are compared with
 * @param keys for values that find one record, its key
 * @param ambiguous a value that finds several records
 * @param unknown a value that finds none
 */
public record TestLookup(
        TestObject object,
        String lookupObject,
        String lookupField,
        Map<String, String> keys,
        String ambiguous,
        String unknown) {
    public TestLookup {
        Objects.requireNonNull(object, "object");
        keys = Map.copyOf(keys);
    }
}
