package io.sluice.testkit.destination;

import java.util.List;
import java.util.Objects;

/**
 * An object of the destination under test, made by its fixture, empty. All fields but the identifier may be null.
 *
 * @param name full name, as {@code DestinationConnection.objects()} lists it
 * @param identifier text field records are matched by; unique in the destination
 * @param text text field of at least 100,000 characters
 * @param number field for decimals of at least 38 digits, 10 of them behind the point
 * @param flag boolean field
 */
public record TestObject(String name, String identifier, String text, String number, String flag) {
    public TestObject {
        Objects.requireNonNull(name, "name");
    }

    /** All fields: identifier, text, number, flag. */
    public List<String> fields() {
        return List.of(identifier, text, number, flag);
    }
}
