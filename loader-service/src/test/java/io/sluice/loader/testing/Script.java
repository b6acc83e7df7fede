package io.sluice.loader.testing;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.destination.BatchResult;
import io.sluice.connector.destination.ConnectionLimits;
import io.sluice.connector.destination.DestinationBatch;
import io.sluice.connector.destination.DestinationRecord;
import io.sluice.connector.destination.WritePlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What a scripted destination answers, and what it has seen. Thread-safe; fields may be set at any time. */
public final class Script {
    private static final ConcurrentMap<String, Script> BY_NAME = new ConcurrentHashMap<>();

    /** Answers a call. */
    @FunctionalInterface
    public interface Answer {
        BatchResult to(DestinationBatch batch);
    }

    /** Refuses to open a connection or a writer, or does not. */
    @FunctionalInterface
    public interface Opening {
        void open() throws ConnectorException;
    }

    public volatile Answer answer = batch -> new BatchResult.AllAccepted();
    public volatile Opening opening = () -> {};
    public volatile Opening openingWriter = () -> {};
    public volatile ConnectionLimits limits = new ConnectionLimits(100, 1);
    public final List<DestinationBatch> calls = Collections.synchronizedList(new ArrayList<>());
    public final List<WritePlan> writers = Collections.synchronizedList(new ArrayList<>());
    public final AtomicInteger openConnections = new AtomicInteger();
    public final AtomicInteger openWriters = new AtomicInteger();
    public final AtomicInteger connectionsOpened = new AtomicInteger();
    public volatile Map<String, Object> lastSettings = Map.of();

    /** The script of that name, made when it is not there. */
    public static Script named(String name) {
        return BY_NAME.computeIfAbsent(name, none -> new Script());
    }

    /** How often each record was in an answered call. */
    public Map<String, Integer> timesSent() {
        Map<String, Integer> times = new ConcurrentHashMap<>();
        synchronized (calls) {
            for (DestinationBatch call : calls) {
                for (DestinationRecord record : call.records()) {
                    times.merge(record.identifier(), 1, Integer::sum);
                }
            }
        }
        return times;
    }

    /** Sizes of the calls so far. */
    public List<Integer> callSizes() {
        synchronized (calls) {
            return calls.stream().map(call -> call.records().size()).toList();
        }
    }
}
