package io.sluice.connector.destination.webhook;

import io.sluice.connector.destination.DestinationBatch;
import io.sluice.connector.destination.DestinationRecord;
import io.sluice.connector.destination.WritePlan;
import io.sluice.record.Value;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The JSON a receiver gets. One form for single records, one for lists; which of the two is a matter of the settings
 * and never of how many records a batch happens to hold. Fields that a record leaves alone (MAP-5) are left out. Used by
 * one thread at a time.
 */
final class RequestBody {
    private static final byte[] OPERATION = JsonBytes.ascii(",\"operation\":\"");
    private static final byte[] RECORDS = JsonBytes.ascii("\",\"records\":[");
    private static final byte[] IDENTIFIER = JsonBytes.ascii("\"identifier\":");
    private static final byte[] RECORD = JsonBytes.ascii(",\"record\":{");
    private static final byte[] FIRST = JsonBytes.ascii("{");
    private static final byte[] NEXT = JsonBytes.ascii(",{");
    private static final byte[] END_OF_RECORD = JsonBytes.ascii("}}");
    private static final byte[] END_OF_LIST = JsonBytes.ascii("]}");
    private static final byte[] SINGLE = JsonBytes.ascii("\",");

    private final boolean list;
    private final byte[] head;

    /** Each with the comma before it, which the first in a record leaves out. */
    private final byte[][] keys;

    private final JsonBytes json = new JsonBytes();

    RequestBody(WritePlan plan, boolean list) {
        this.list = list;
        this.head = JsonBytes.ascii("{\"sync_id\":" + plan.syncId() + ",\"sync_run_id\":" + plan.syncRunId());
        this.keys = new byte[plan.fields().size()][];
        for (int field = 0; field < keys.length; field++) {
            keys[field] = new JsonBytes()
                    .raw(',')
                    .raw(JsonBytes.quoted(plan.fields().get(field)))
                    .raw(':')
                    .toArray();
        }
    }

    ByteBuffer render(DestinationBatch batch) {
        json.raw(head).raw(OPERATION).raw(JsonBytes.ascii(batch.kind().wireName()));
        if (list) {
            json.raw(RECORDS);
            byte[] begin = FIRST;
            for (DestinationRecord each : batch.records()) {
                json.raw(begin);
                identified(each);
                begin = NEXT;
            }
            json.raw(END_OF_LIST);
        } else {
            json.raw(SINGLE);
            identified(batch.records().getFirst());
        }
        return json.take();
    }

    private void identified(DestinationRecord sent) {
        json.raw(IDENTIFIER).string(sent.identifier()).raw(RECORD);
        List<Value> values = sent.values();
        boolean first = true;
        for (int index = 0; index < keys.length; index++) {
            Value value = values.get(index);
            if (value != null) {
                json.raw(keys[index], first ? 1 : 0).value(value);
                first = false;
            }
        }
        json.raw(END_OF_RECORD);
    }
}
