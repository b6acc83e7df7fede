package io.sluice.testkit.destination;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The system behind the in-memory destination: objects with stored records, and whether it is up. */
final class World {
    private final Map<String, List<StoredRecord>> objects = new ConcurrentHashMap<>();
    private volatile boolean down;

    void create(String object) {
        objects.put(object, new ArrayList<>());
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
