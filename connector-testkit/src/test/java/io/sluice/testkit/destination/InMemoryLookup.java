package io.sluice.testkit.destination;

import io.sluice.connector.destination.DestinationBatch;
import io.sluice.connector.destination.DestinationField;
import io.sluice.connector.destination.DestinationRecord;
import io.sluice.connector.destination.WritePlan;
import io.sluice.record.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A batch whose values were looked up.
 *
 * @param batch the batch with keys for values, where they were found
 * @param reasons why records were not found, by their identifier
 */
record InMemoryLookup(DestinationBatch batch, Map<String, String> reasons) {

    static InMemoryLookup of(InMemoryDestination connector, WritePlan plan, DestinationBatch batch) {
        if (plan.lookups().isEmpty()) {
            return new InMemoryLookup(batch, Map.of());
        }
        int index = plan.fields().indexOf("text");
        List<StoredRecord> known =
                connector.world().records(plan.lookups().get("text").object());
        Map<String, String> reasons = new LinkedHashMap<>();
        List<DestinationRecord> records = new ArrayList<>();
        for (DestinationRecord record : batch.records()) {
            List<Value> values = new ArrayList<>(record.values());
            Value wanted = values.get(index);
            List<StoredRecord> found = known.stream()
                    .filter(stored -> stored.value("text").equals(wanted))
                    .toList();
            boolean guessed = found.size() > 1 && connector.lies(DestinationLie.GUESSES_AMBIGUOUS_LOOKUPS);
            boolean ignored = found.isEmpty() && connector.lies(DestinationLie.STORES_WHAT_IT_DID_NOT_FIND);
            if (wanted instanceof Value.Text && (found.size() == 1 || guessed)) {
                boolean lazy = connector.lies(DestinationLie.LOOKS_NOTHING_UP);
                values.set(index, lazy ? wanted : Value.ofText(found.getFirst().identifier()));
            } else if (wanted instanceof Value.Text && !ignored) {
                reasons.put(
                        record.identifier(),
                        found.isEmpty()
                                ? DestinationField.Lookup.NOT_FOUND + ": nothing"
                                : DestinationField.Lookup.AMBIGUOUS + ": several");
            }
            records.add(new DestinationRecord(record.identifier(), values));
        }
        return new InMemoryLookup(new DestinationBatch(batch.kind(), records), reasons);
    }
}
