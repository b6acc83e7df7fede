package io.sluice.testkit.destination;

import io.sluice.record.Value;
import java.util.Map;
import java.util.TreeMap;

/**
 * One record as the destination holds it now, read without the connector.
 *
 * @param identifier text of the identifier field
 * @param values by field name; a field that was never set is either absent or {@link Value.Null}
 */
public record StoredRecord(String identifier, Map<String, Value> values) {
    public StoredRecord {
        values = new TreeMap<>(values);
    }

    /** The value of a field; {@link Value.Null} when it is absent. */
    public Value value(String field) {
        return values.getOrDefault(field, Value.nothing());
    }
}
