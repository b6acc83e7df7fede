package io.sluice.testkit.source;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The system behind the in-memory source: tables, some of them generated while they are read. */
final class Tables {
    private final Map<String, List<TestRow>> rows = new TreeMap<>();
    private final Map<String, Generated> generated = new TreeMap<>();
    private final AtomicInteger sessions = new AtomicInteger();

    /** A table too large to keep. */
    private record Generated(long rows, String name) {}

    AtomicInteger sessions() {
        return sessions;
    }

    synchronized void put(String table, List<TestRow> content) {
        rows.put(table, List.copyOf(content));
    }

    synchronized void generate(String table, long count, int nameLength) {
        generated.put(table, new Generated(count, "x".repeat(nameLength)));
    }

    synchronized List<TestRow> get(String table) {
        return rows.get(table);
    }

    synchronized boolean has(String table) {
        return rows.containsKey(table) || generated.containsKey(table);
    }

    synchronized boolean isGenerated(String table) {
        return generated.containsKey(table);
    }

    synchronized List<String> names() {
        return Stream.concat(rows.keySet().stream(), generated.keySet().stream())
                .sorted()
                .toList();
    }

    synchronized Stream<TestRow> stream(String table) {
        Generated large = generated.get(table);
        return large == null
                ? rows.getOrDefault(table, List.of()).stream()
                : LongStream.rangeClosed(1, large.rows()).mapToObj(id -> TestRow.named(id, large.name()));
    }
}
