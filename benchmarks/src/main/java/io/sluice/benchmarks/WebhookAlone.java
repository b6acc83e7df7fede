package io.sluice.benchmarks;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.destination.BatchResult;
import io.sluice.connector.destination.DestinationBatch;
import io.sluice.connector.destination.DestinationConnection;
import io.sluice.connector.destination.DestinationRecord;
import io.sluice.connector.destination.DestinationWriter;
import io.sluice.connector.destination.WritePlan;
import io.sluice.connectorruntime.ConnectorCatalog;
import io.sluice.mapping.engine.json.ColumnReader;
import io.sluice.mapping.engine.json.MalformedJsonException;
import io.sluice.operation.OperationKind;
import io.sluice.record.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/** The webhook's connector without the stack around it: mapped records in, requests out. */
final class WebhookAlone implements AutoCloseable {
    private final DestinationConnection connection;
    private final DestinationBatch batch;

    WebhookAlone(String url, int rowsPerRequest) throws ConnectorException {
        this.connection = new ConnectorCatalog(WebhookAlone.class.getClassLoader())
                .openDestination("webhook", Map.of("url", url, "records_per_request", rowsPerRequest));
        List<DestinationRecord> records = new ArrayList<>();
        for (int i = 0; i < rowsPerRequest; i++) {
            records.add(record(i));
        }
        this.batch = new DestinationBatch(OperationKind.UPSERT, records);
    }

    /** Twenty mixed values, as long as those of the wide table, read out of a payload as the loader reads them. */
    private static DestinationRecord record(int i) {
        List<String> columns = WideTable.COLUMNS.stream().sorted().toList();
        StringBuilder payload = new StringBuilder("{");
        for (int column = 0; column < columns.size(); column++) {
            payload.append(column == 0 ? "" : ",")
                    .append('"')
                    .append(columns.get(column))
                    .append("\":")
                    .append(
                            switch (column % 4) {
                                case 0 -> Integer.toString(i * 7919);
                                case 1 -> "\"Customer " + i + " Łukasz, '" + column + "' of the wide table\"";
                                case 2 -> Boolean.toString(i % 3 == 0);
                                default -> "{\"plan\":\"pro\",\"seats\":" + i % 40 + "}";
                            });
        }
        Value[] values = new Value[columns.size()];
        try {
            ColumnReader.of(columns)
                    .read(ByteBuffer.wrap(payload.append('}').toString().getBytes(StandardCharsets.UTF_8)), values);
        } catch (MalformedJsonException impossible) {
            throw new IllegalStateException("the benchmark writes JSON", impossible);
        }
        return new DestinationRecord(Integer.toString(i), Arrays.asList(values));
    }

    /** Sends the batch while the turn comes. */
    Callable<Void> sender(BooleanSupplier turn) throws ConnectorException {
        DestinationWriter writer = connection.openWriter(new WritePlan("event", "id", WideTable.COLUMNS, 1, 1));
        return () -> {
            while (turn.getAsBoolean()) {
                if (!(writer.write(batch) instanceof BatchResult.AllAccepted)) {
                    throw new IllegalStateException("the sink accepts everything");
                }
            }
            return null;
        };
    }

    @Override
    public void close() {
        connection.close();
    }
}
