package io.sluice.testkit.destination;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The system behind the in-memory destination: objects with stored records, and whether it is up. */
final class World {
    private final Map<String, List<StoredRecord>> objects = new ConcurrentHashMap<>();
    private final Map<String, String> references = new ConcurrentHashMap<>();
    private volatile boolean down;

    void create(String object) {
        objects.put(object, new ArrayList<>());
    }

    /** The text field of an object now refers to another object. */
    void refer(String object, String to) {
        references.put(object, to);
    }

    Optional<String> reference(String object) {
        return Optional.ofNullable(references.get(object));
    }

    List<String> names() {
        return objects.keySet().stream().sorted().toList();
    }

    boolean has(String object) {
        return objects.containsKey(object);
    }

    List<StoredRecord> records(String object) {
        return objects.computeIfAbsent(object, unknown -> new ArrayList<>());
    }

    boolean isDown() {
        return down;
    }

    void setDown(boolean down) {
        this.down = down;
    }
}
