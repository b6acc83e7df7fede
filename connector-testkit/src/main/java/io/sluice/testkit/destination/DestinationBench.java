package io.sluice.testkit.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connector.destination.AttemptResult;
import io.sluice.connector.destination.BatchResult;
import io.sluice.connector.destination.DestinationBatch;
import io.sluice.connector.destination.DestinationConnection;
import io.sluice.connector.destination.DestinationRecord;
import io.sluice.connector.destination.DestinationWriter;
import io.sluice.connector.destination.WritePlan;
import io.sluice.operation.OperationKind;
import io.sluice.record.Value;
import io.sluice.testkit.ContractSettings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The suites' hands: writes through the connector to one fresh object, looks through the fixture. */
final class DestinationBench implements AutoCloseable {
    private final DestinationFixture fixture;
    private final TestObject object;
    private final DestinationConnection connection;

    DestinationBench(DestinationFixture fixture) throws Exception {
        this(fixture, fixture.createObject());
    }

    DestinationBench(DestinationFixture fixture, TestObject object) throws Exception {
        this.fixture = fixture;
        this.object = object;
        this.connection = fixture.connector().open(ContractSettings.read(fixture.connector(), fixture.settings()));
    }

    TestObject object() {
        return object;
    }

    DestinationConnection connection() {
        return connection;
    }

    WritePlan plan() {
        return plan(object.fields());
    }

    WritePlan plan(List<String> fields) {
        return new WritePlan(object.name(), object.identifier(), fields, 11, 12);
    }

    DestinationRecord record(String identifier, String text, String number, Boolean flag) {
        return new DestinationRecord(
                identifier,
                Arrays.asList(
                        Value.ofText(identifier),
                        Value.ofText(text),
                        number == null ? Value.nothing() : new Value.Number(number),
                        flag == null ? Value.nothing() : Value.of(flag)));
    }

    /** A record that differs from all others of another index. */
    DestinationRecord sample(int index) {
        return record("id-" + index, "text of " + index, index + ".50", index % 2 == 0);
    }

    List<DestinationRecord> samples(int from, int to) {
        List<DestinationRecord> records = new ArrayList<>();
        for (int index = from; index < to; index++) {
            records.add(sample(index));
        }
        return records;
    }

    /** The record with one value that the destination refuses. */
    DestinationRecord spoiled(DestinationRecord record, RefusedValue refused) {
        List<Value> values = new ArrayList<>(record.values());
        values.set(object.fields().indexOf(refused.field()), refused.value());
        return new DestinationRecord(record.identifier(), values);
    }

    /** What a delete carries: only the identifier's value. */
    DestinationRecord deletion(String identifier) {
        Value[] values = new Value[object.fields().size()];
        values[0] = Value.ofText(identifier);
        return new DestinationRecord(identifier, Arrays.asList(values));
    }

    /** Most records this connection takes in one call. */
    int batchSize() {
        return connection.limits(fixture.connector().claims()).batchSize();
    }

    /**
     * Writes with a writer of its own, in batches of the size the connection takes, splitting what is refused; the
     * writer is closed before this returns.
     */
    List<AttemptResult> deliver(OperationKind kind, List<DestinationRecord> records) throws Exception {
        try (DestinationWriter writer = connection.openWriter(plan())) {
            return deliver(writer, kind, records);
        }
    }

    List<AttemptResult> deliver(DestinationWriter writer, OperationKind kind, List<DestinationRecord> records) {
        List<AttemptResult> results = new ArrayList<>(records.size());
        for (int from = 0; from < records.size(); from += batchSize()) {
            int to = Math.min(records.size(), from + batchSize());
            results.addAll(ReferenceSplitter.deliver(writer, new DestinationBatch(kind, records.subList(from, to))));
        }
        return results;
    }

    /** As {@link #deliver}; every record must be accepted. */
    void deliverAll(OperationKind kind, List<DestinationRecord> records) throws Exception {
        assertThat(deliver(kind, records)).hasSize(records.size()).allSatisfy(result -> assertThat(result)
                .isInstanceOf(AttemptResult.Accepted.class));
    }

    /** One call, unsplit. */
    BatchResult write(OperationKind kind, List<DestinationRecord> records) throws Exception {
        try (DestinationWriter writer = connection.openWriter(plan())) {
            return writer.write(new DestinationBatch(kind, records));
        }
    }

    /** What the destination holds of an identifier: at most one record, or the test fails. */
    StoredRecord stored(String identifier) throws Exception {
        List<StoredRecord> found = contents().stream()
                .filter(stored -> stored.identifier().equals(identifier))
                .toList();
        assertThat(found).as("records stored under " + brief(identifier)).hasSizeLessThanOrEqualTo(1);
        return found.isEmpty() ? null : found.getFirst();
    }

    List<StoredRecord> contents() throws Exception {
        return fixture.contents(object);
    }

    /** The destination holds exactly these records, each once, each value as sent. */
    void assertHolds(List<DestinationRecord> expected) throws Exception {
        List<StoredRecord> contents = contents();
        assertThat(contents.stream().map(StoredRecord::identifier).sorted().toList())
                .as("identifiers the destination holds")
                .isEqualTo(expected.stream()
                        .map(DestinationRecord::identifier)
                        .sorted()
                        .toList());
        for (DestinationRecord record : expected) {
            assertStored(
                    record,
                    contents.stream()
                            .filter(stored -> stored.identifier().equals(record.identifier()))
                            .findFirst()
                            .orElseThrow());
        }
    }

    void assertStored(DestinationRecord sent, StoredRecord stored) {
        assertThat(stored).as("record " + brief(sent.identifier())).isNotNull();
        for (int index = 0; index < sent.values().size(); index++) {
            String field = object.fields().get(index);
            assertSame(sent.identifier(), field, sent.values().get(index), stored.value(field));
        }
    }

    private static void assertSame(String identifier, String field, Value sent, Value stored) {
        String what = "field " + field + " of record " + brief(identifier);
        if (sent instanceof Value.Number digits) {
            assertThat(stored).as(what).isInstanceOf(Value.Number.class);
            assertThat(new BigDecimal(((Value.Number) stored).text()))
                    .as(what)
                    .isEqualByComparingTo(new BigDecimal(digits.text()));
        } else {
            // Not the values themselves in the message: naughty texts break terminals too.
            assertThat(stored.equals(sent))
                    .as(what + " is stored as it was sent")
                    .isTrue();
        }
    }

    private static String brief(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "… (" + text.length() + " characters)";
    }

    @Override
    public void close() {
        connection.close();
    }
}
