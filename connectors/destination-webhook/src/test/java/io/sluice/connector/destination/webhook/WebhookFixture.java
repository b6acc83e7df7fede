package io.sluice.connector.destination.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.connector.destination.DestinationConnector;
import io.sluice.record.Value;
import io.sluice.testkit.BrokenSettings;
import io.sluice.testkit.destination.DestinationFixture;
import io.sluice.testkit.destination.RefusedValue;
import io.sluice.testkit.destination.StoredRecord;
import io.sluice.testkit.destination.TestObject;
import io.sluice.testkit.destination.Trait;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A receiver as our documentation asks for: it checks a whole request before it keeps any of it. */
final class WebhookFixture implements DestinationFixture {
    private static final TestObject EVENT = new TestObject("event", "id", "text", "number", "flag");

    private final Receiver receiver = new Receiver();
    private final Map<String, Map<String, Value>> stored = new TreeMap<>();

    WebhookFixture() {
        receiver.answer(this::receive);
    }

    @Override
    public DestinationConnector connector() {
        return new WebhookDestinationConnector();
    }

    @Override
    public Map<String, Object> settings() {
        return Map.of("url", receiver.url(), "records_per_request", 200, "signing_secret", "hush-hush");
    }

    /** A receiver of messages need not know whether a record exists; this one never says. */
    @Override
    public Set<Trait> traits() {
        return EnumSet.complementOf(EnumSet.of(Trait.MATCHES_RECORDS));
    }

    @Override
    public synchronized TestObject createObject() {
        stored.clear();
        return EVENT;
    }

    @Override
    public synchronized List<StoredRecord> contents(TestObject object) {
        List<StoredRecord> contents = new ArrayList<>();
        stored.forEach((identifier, values) -> contents.add(new StoredRecord(identifier, values)));
        return contents;
    }

    @Override
    public Optional<RefusedValue> refusedValue(TestObject object) {
        return Optional.of(new RefusedValue(EVENT.number(), new Value.Text("twelve")));
    }

    @Override
    public List<BrokenSettings> brokenSettings() {
        return List.of(
                new BrokenSettings(
                        "unknown host",
                        Map.of("url", "https://nowhere.invalid/?key=hush-hush"),
                        "HOST_NOT_FOUND",
                        "hush-hush"),
                new BrokenSettings(
                        "nobody listens",
                        Map.of("url", "http://127.0.0.1:1/?key=hush-hush"),
                        "HOST_UNREACHABLE",
                        "hush-hush"),
                new BrokenSettings(
                        "a header that cannot be sent",
                        Map.of("url", receiver.url(), "headers", Map.of("Host", "hush-hush")),
                        "SETTINGS_INVALID",
                        "hush-hush"));
    }

    @Override
    public Optional<Outage> breakDown() {
        receiver.answer(Receiver.Answer.of(503, "down for maintenance"));
        return Optional.of(() -> receiver.answer(this::receive));
    }

    @Override
    public void close() {
        receiver.close();
    }

    private synchronized Receiver.Answer receive(Receiver.Request request) {
        JsonNode body = request.json();
        for (JsonNode each : body.get("records")) {
            JsonNode number = each.get("record").get(EVENT.number());
            if (number != null && number.isTextual()) {
                return Receiver.Answer.of(422, "{\"error\":\"number must be a number\"}");
            }
        }
        boolean delete = body.get("operation").asText().equals("delete");
        for (JsonNode each : body.get("records")) {
            String identifier = each.get("identifier").asText();
            if (delete) {
                stored.remove(identifier);
            } else {
                keep(stored.computeIfAbsent(identifier, _ -> new HashMap<>()), each.get("record"));
            }
        }
        return Receiver.Answer.of(200, "");
    }

    private static void keep(Map<String, Value> values, JsonNode record) {
        record.properties().forEach(field -> values.put(field.getKey(), value(field.getValue())));
    }

    private static Value value(JsonNode json) {
        return switch (json.getNodeType()) {
            case NULL -> Value.nothing();
            case BOOLEAN -> Value.of(json.booleanValue());
            case NUMBER -> new Value.Number(json.decimalValue().toString());
            case STRING -> new Value.Text(json.textValue());
            default -> new Value.Structured(json.toString());
        };
    }
}
