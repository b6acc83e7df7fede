package io.sluice.testkit.destination;

import static io.sluice.testkit.destination.DestinationLie.*;

import io.sluice.connector.destination.AttemptResult;
import io.sluice.connector.destination.BatchResult;
import io.sluice.connector.destination.DestinationBatch;
import io.sluice.connector.destination.DestinationRecord;
import io.sluice.connector.destination.DestinationWriter;
import io.sluice.connector.destination.WriteMode;
import io.sluice.connector.destination.WritePlan;
import io.sluice.operation.OperationKind;
import io.sluice.record.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Applies batches to the world, all or nothing or record by record, and tells the truth unless told otherwise. */
final class InMemoryWriter implements DestinationWriter {
    /** The text no record may hold. */
    static final String REFUSED = "refuse me";

    private final InMemoryDestination connector;
    private final WritePlan plan;
    private final List<Runnable> later = new ArrayList<>();

    InMemoryWriter(InMemoryDestination connector, WritePlan plan) {
        this.connector = connector;
        this.plan = plan;
    }

    private boolean lies(DestinationLie lie) {
        return connector.lies(lie);
    }

    @Override
    public BatchResult write(DestinationBatch batch) {
        World world = connector.world();
        synchronized (world) {
            if (world.isDown() && !lies(ACCEPTS_DURING_AN_OUTAGE)) {
                return new BatchResult.Failed(InMemoryDestination.error("HOST_UNREACHABLE", "The world is down."));
            }
            if (batch.kind() == OperationKind.APPEND && !lies(ACCEPTS_KINDS_IT_DOES_NOT_CLAIM)) {
                return new BatchResult.Failed(
                        InMemoryDestination.error("OPERATION_NOT_SUPPORTED", "Nothing can be appended here."));
            }
            if (lies(FAILS_ON_FULL_BATCHES) && batch.records().size() == 200) {
                return new BatchResult.Failed(InMemoryDestination.error("TOO_MANY", "That is too much."));
            }
            if (lies(STORES_WHEN_CLOSED)) {
                later.add(() -> apply(batch));
                return new BatchResult.AllAccepted();
            }
            return apply(batch);
        }
    }

    private BatchResult apply(DestinationBatch given) {
        boolean wholly = !connector.reportsPerRecord() || lies(REFUSES_THOUGH_IT_CLAIMS_TO_REPORT);
        InMemoryLookup lookup = InMemoryLookup.of(connector, plan, given);
        DestinationBatch batch = lookup.batch();
        if (wholly && !lookup.reasons().isEmpty()) {
            return new BatchResult.Refused(lookup.reasons().values().iterator().next());
        }
        boolean refused = batch.records().stream().anyMatch(InMemoryWriter::refuses);
        if (wholly && refused) {
            if (lies(KEEPS_PART_OF_A_REFUSED_BATCH)) {
                batch.records().stream()
                        .takeWhile(record -> !refuses(record))
                        .forEach(record -> applyOne(batch.kind(), record));
            }
            return new BatchResult.Refused("one of the records holds what is refused");
        }
        List<AttemptResult> results = new ArrayList<>();
        for (DestinationRecord record : batch.records()) {
            boolean dropped =
                    lies(DROPS_THE_LAST_RECORD) && record == batch.records().getLast();
            Optional<String> unresolved = Optional.ofNullable(lookup.reasons().get(record.identifier()));
            if (unresolved.isPresent()) {
                results.add(new AttemptResult.Rejected(unresolved.get()));
                continue;
            }
            results.add(dropped ? AttemptResult.Accepted.PLAIN : answer(batch.kind(), record, results));
        }
        return lied(results);
    }

    private AttemptResult answer(OperationKind kind, DestinationRecord record, List<AttemptResult> before) {
        boolean stopped = lies(STOPS_AT_THE_FIRST_BAD_RECORD)
                && before.stream().anyMatch(AttemptResult.Rejected.class::isInstance);
        if (refuses(record) || stopped) {
            if (lies(REJECTS_WHAT_IT_STORED)) {
                applyOne(kind, record);
            }
            return lies(ACCEPTS_WHAT_IT_REFUSED) ? AttemptResult.Accepted.PLAIN : new AttemptResult.Rejected("refused");
        }
        return applyOne(kind, record);
    }

    private BatchResult lied(List<AttemptResult> results) {
        if (lies(SWAPS_THE_ORDER_OF_RESULTS)) {
            Collections.reverse(results);
        }
        if (lies(ANSWERS_FEWER_RESULTS) && results.size() > 1) {
            results.removeLast();
        }
        return new BatchResult.PerRecord(results);
    }

    private static boolean refuses(DestinationRecord record) {
        return record.values().stream().anyMatch(new Value.Text(REFUSED)::equals);
    }

    private AttemptResult applyOne(OperationKind kind, DestinationRecord record) {
        List<StoredRecord> records = connector.world().records(plan.object());
        String identifier =
                lies(FOLDS_CASE_OF_IDENTIFIERS) ? record.identifier().toLowerCase(Locale.ROOT) : record.identifier();
        Optional<StoredRecord> existing = records.stream()
                .filter(stored -> stored.identifier().equals(identifier))
                .findFirst();
        switch (kind) {
            case UPDATE -> {
                if (existing.isEmpty() && !lies(CREATES_ON_UPDATE)) {
                    return new AttemptResult.Rejected("no matching record");
                }
            }
            case INSERT -> {
                if (existing.isPresent() && !lies(OVERWRITES_ON_INSERT)) {
                    return lies(SKIPS_INSERTS_WITHOUT_A_WORD)
                            ? AttemptResult.Accepted.PLAIN
                            : new AttemptResult.Accepted(Optional.of("skipped: exists"));
                }
            }
            case DELETE -> {
                return delete(records, existing);
            }
            case UPSERT, APPEND -> {
                // Creates or changes, below.
            }
        }
        existing.ifPresent(records::remove);
        records.add(merged(identifier, record, existing));
        if (lies(STORES_TWICE)) {
            records.add(records.getLast());
        }
        return kind == OperationKind.INSERT && existing.isPresent()
                ? new AttemptResult.Accepted(Optional.of("skipped: exists"))
                : AttemptResult.Accepted.PLAIN;
    }

    private AttemptResult delete(List<StoredRecord> records, Optional<StoredRecord> existing) {
        if (lies(DELETES_EVERYTHING)) {
            records.clear();
        } else if (!lies(DELETES_NOTHING)) {
            existing.ifPresent(records::remove);
        }
        return existing.isEmpty() && lies(REJECTS_A_REPEATED_DELETE)
                ? new AttemptResult.Rejected("no such record")
                : AttemptResult.Accepted.PLAIN;
    }

    private StoredRecord merged(String identifier, DestinationRecord record, Optional<StoredRecord> existing) {
        Map<String, Value> values =
                new TreeMap<>(existing.map(StoredRecord::values).orElse(Map.of()));
        for (int index = 0; index < plan.fields().size(); index++) {
            Value value = record.values().get(index);
            if (value == null && lies(CLEARS_WHAT_IS_LEFT_OUT)) {
                value = Value.nothing();
            }
            boolean kept = value instanceof Value.Null && lies(KEEPS_A_VALUE_THAT_BECAME_NULL);
            boolean full = plan.modes().get(index) == WriteMode.SET_IF_EMPTY
                    && !(values.getOrDefault(plan.fields().get(index), Value.nothing()) instanceof Value.Null)
                    && !lies(OVERWRITES_WHAT_IT_SHOULD_KEEP);
            if (value != null && !kept && !full) {
                values.put(plan.fields().get(index), mended(value));
            }
        }
        return new StoredRecord(identifier, values);
    }

    private Value mended(Value value) {
        return switch (value) {
            case Value.Text text
            when lies(TRIMS_TEXT) -> new Value.Text(text.text().strip());
            case Value.Text text
            when lies(MENDS_THE_NULL_CHARACTER) -> new Value.Text(text.text().replace("\0", ""));
            case Value.Number number
            when lies(ROUNDS_NUMBERS) ->
                new Value.Number(
                        BigDecimal.valueOf(Double.parseDouble(number.text())).toPlainString());
            case Value.Null() when lies(STORES_NULL_AS_EMPTY_TEXT) -> new Value.Text("");
            default -> value;
        };
    }

    @Override
    public void close() {
        later.forEach(Runnable::run);
    }
}
