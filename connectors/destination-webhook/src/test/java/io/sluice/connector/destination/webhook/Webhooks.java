package io.sluice.connector.destination.webhook;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.destination.DestinationBatch;
import io.sluice.connector.destination.DestinationConnection;
import io.sluice.connector.destination.DestinationRecord;
import io.sluice.connector.destination.DestinationWriter;
import io.sluice.connector.destination.WritePlan;
import io.sluice.connector.settings.ConnectionSettings;
import io.sluice.connector.settings.SettingsForm;
import io.sluice.operation.OperationKind;
import io.sluice.record.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builders for the tests of this module. */
final class Webhooks {
    static final WritePlan PLAN = new WritePlan("event", "id", List.of("id", "name", "tags"), 12, 345);

    private Webhooks() {}

    static ConnectionSettings settings(String url, Map<String, ?> more) {
        Map<String, Object> raw = new HashMap<>(more);
        raw.put("url", url);
        return switch (WebhookSettings.FORM.read(raw)) {
            case SettingsForm.Valid(ConnectionSettings settings) -> settings;
            case SettingsForm.Invalid invalid -> throw new AssertionError(invalid);
        };
    }

    static DestinationConnection open(String url, Map<String, ?> more) throws ConnectorException {
        return new WebhookDestinationConnector().open(settings(url, more));
    }

    static DestinationBatch upserts(int count) {
        List<DestinationRecord> records = new ArrayList<>();
        for (int id = 1; id <= count; id++) {
            records.add(sent("id-" + id, new Value.Text("id-" + id), new Value.Text("Name " + id), Value.nothing()));
        }
        return new DestinationBatch(OperationKind.UPSERT, records);
    }

    static DestinationBatch one(OperationKind kind, DestinationRecord each) {
        return new DestinationBatch(kind, List.of(each));
    }

    /** A record; {@code null} among the values is a field it leaves alone. */
    static DestinationRecord sent(String identifier, Value... values) {
        return new DestinationRecord(identifier, Arrays.asList(values));
    }

    static DestinationWriter writer(DestinationConnection connection) throws ConnectorException {
        return connection.openWriter(PLAN);
    }
}
