package io.sluice.testkit.destination;

import io.sluice.connector.destination.DestinationConnector;
import io.sluice.record.Value;
import io.sluice.testkit.BrokenSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The in-memory destination as a connector's author would present it. */
final class InMemoryFixture implements DestinationFixture {
    private final World world = new World();
    private final DestinationConnector connector;
    private int objects;

    InMemoryFixture(Set<DestinationLie> lies, boolean reportsPerRecord) {
        this.connector = new InMemoryDestination(world, lies, reportsPerRecord);
    }

    @Override
    public DestinationConnector connector() {
        return connector;
    }

    @Override
    public Map<String, Object> settings() {
        return Map.of("password", "right");
    }

    @Override
    public TestObject createObject() {
        String name = "object-" + ++objects;
        world.create(name);
        world.create("another-" + objects);
        return new TestObject(name, "key", "text", "number", "flag");
    }

    @Override
    public Optional<TestLookup> createLookup() {
        TestObject object = createObject();
        String words = "words-" + objects;
        world.create(words);
        world.refer(object.name(), words);
        Map.of("k1", "one", "k2", "two", "k3", "twice", "k4", "twice").forEach((key, word) -> world.records(words)
                .add(new StoredRecord(key, Map.of("key", Value.ofText(key), "text", Value.ofText(word)))));
        return Optional.of(new TestLookup(object, words, "text", Map.of("one", "k1", "two", "k2"), "twice", "nothing"));
    }

    @Override
    public List<StoredRecord> contents(TestObject object) {
        synchronized (world) {
            return List.copyOf(world.records(object.name()));
        }
    }

    @Override
    public Optional<RefusedValue> refusedValue(TestObject object) {
        return Optional.of(new RefusedValue("text", Value.ofText(InMemoryWriter.REFUSED)));
    }

    @Override
    public List<BrokenSettings> brokenSettings() {
        return List.of(
                new BrokenSettings("wrong password", Map.of("password", "wr0ng"), "AUTHENTICATION_FAILED", "wr0ng"));
    }

    @Override
    public Optional<Outage> breakDown() {
        world.setDown(true);
        return Optional.of(() -> world.setDown(false));
    }

    @Override
    public void close() {
        // Nothing was started.
    }
}
