package io.sluice.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.testsupport.fault.HttpReply;
import io.sluice.testsupport.fault.HttpRequestSeen;
import io.sluice.testsupport.fault.ScriptedHttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A webhook's receiver that holds records: it applies a request when its answer says so, or when nobody will ever know. Its
 * mood decides about each request; by default it accepts.
 */
final class HookReceiver implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ScriptedHttpServer server = new ScriptedHttpServer(this::reply);
    private final Map<String, Long> held = new ConcurrentHashMap<>();
    private final Map<String, Integer> times = new ConcurrentHashMap<>();
    private volatile Mood mood = (request, records) -> new Decision(true, HttpReply.OK);

    /** What to do with a request: whether its records are kept, and what the sender hears. */
    record Decision(boolean keep, HttpReply reply) {}

    /** Decides about a request by its records' identifiers. Called by several threads. */
    @FunctionalInterface
    interface Mood {
        Decision about(HttpRequestSeen request, List<String> records);
    }

    void mood(Mood next) {
        mood = next;
    }

    String url() {
        return server.url() + "/hook";
    }

    private HttpReply reply(HttpRequestSeen request) {
        try {
            JsonNode body = JSON.readTree(request.body());
            List<String> identifiers = new ArrayList<>();
            for (JsonNode each : body.path("records")) {
                identifiers.add(each.path("identifier").asText());
            }
            Decision decision = mood.about(request, identifiers);
            if (decision.keep()) {
                for (JsonNode each : body.path("records")) {
                    String identifier = each.path("identifier").asText();
                    held.put(identifier, each.path("record").path("version").asLong());
                    times.merge(identifier, 1, Integer::sum);
                }
            }
            return decision.reply();
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }

    /** The version of each record. */
    Map<String, Long> held() {
        return Map.copyOf(held);
    }

    /** How many records were kept more than once: the price of at least once. */
    long repeated() {
        return times.values().stream().filter(count -> count > 1).count();
    }

    List<HttpRequestSeen> requests() {
        return server.requests();
    }

    void forget() {
        server.forget();
        times.clear();
    }

    @Override
    public void close() {
        server.close();
    }
}
