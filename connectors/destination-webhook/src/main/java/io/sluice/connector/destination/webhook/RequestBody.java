package io.sluice.connector.destination.webhook;

import io.sluice.connector.destination.DestinationBatch;
import io.sluice.connector.destination.DestinationRecord;
import io.sluice.connector.destination.WritePlan;
import io.sluice.record.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The JSON a receiver gets. One form for single records, one for lists; which of the two is a matter of the settings
 * and never of how many records a batch happens to hold. Fields that a record leaves alone (MAP-5) are left out.
 */
final class RequestBody {
    private final WritePlan plan;
    private final boolean list;
    private final List<String> keys;

    RequestBody(WritePlan plan, boolean list) {
        this.plan = plan;
        this.list = list;
        this.keys = new ArrayList<>(plan.fields().size());
        for (String field : plan.fields()) {
            StringBuilder key = new StringBuilder();
            JsonText.string(key, field);
            keys.add(key.append(':').toString());
        }
    }

    byte[] render(DestinationBatch batch) {
        StringBuilder json = new StringBuilder(256 * batch.records().size());
        json.append("{\"sync_id\":").append(plan.syncId());
        json.append(",\"sync_run_id\":").append(plan.syncRunId());
        json.append(",\"operation\":\"").append(batch.kind().wireName()).append('"');
        if (list) {
            json.append(",\"records\":[");
            String separator = "";
            for (DestinationRecord each : batch.records()) {
                json.append(separator).append('{');
                identified(json, each);
                json.append('}');
                separator = ",";
            }
            json.append(']');
        } else {
            json.append(',');
            identified(json, batch.records().getFirst());
        }
        return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    private void identified(StringBuilder json, DestinationRecord sent) {
        json.append("\"identifier\":");
        JsonText.string(json, sent.identifier());
        json.append(",\"record\":{");
        String separator = "";
        for (int index = 0; index < sent.values().size(); index++) {
            Value value = sent.values().get(index);
            if (value != null) {
                json.append(separator).append(keys.get(index));
                JsonText.value(json, value);
                separator = ",";
            }
        }
        json.append('}');
    }
}
