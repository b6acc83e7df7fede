package io.sluice.testkit.destination;

import io.sluice.connector.destination.DestinationConnector;
import io.sluice.testkit.BrokenSettings;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How to start a destination and how to look inside it. One fixture serves all tests of a class, one at a time.
 * Looking inside never goes through the connector under test.
 */
public interface DestinationFixture extends AutoCloseable {

    /** The connector under test. */
    DestinationConnector connector();

    /** Raw settings that work. */
    Map<String, Object> settings();

    /** What this destination can do by its nature. */
    default Set<Trait> traits() {
        return EnumSet.allOf(Trait.class);
    }

    /** Makes a new, empty object of the destination. */
    TestObject createObject() throws Exception;

    /** What the destination holds durably in that object, in any order; a record stored twice is there twice. */
    List<StoredRecord> contents(TestObject object) throws Exception;

    /** A value the destination refuses in single records; empty only if it takes everything. */
    Optional<RefusedValue> refusedValue(TestObject object);

    /** Makes an object with a field that is given what is looked up; empty if the connector claims none (DST-7). */
    default Optional<TestLookup> createLookup() throws Exception {
        return Optional.empty();
    }

    /** Settings that must fail, for example a wrong password or a port nobody listens on. */
    default List<BrokenSettings> brokenSettings() {
        return List.of();
    }

    /**
     * Makes the destination unusable until {@link Outage#close()}; empty if the fixture cannot. Connections that are
     * open may be cut.
     */
    default Optional<Outage> breakDown() throws Exception {
        return Optional.empty();
    }

    /** Stops what the fixture started. */
    @Override
    void close() throws Exception;

    /** A time in which the destination does not work. */
    @FunctionalInterface
    interface Outage extends AutoCloseable {
        /** Makes the destination work again; returns when it does. */
        @Override
        void close() throws Exception;
    }
}
