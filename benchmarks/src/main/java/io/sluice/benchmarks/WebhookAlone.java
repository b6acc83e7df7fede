package io.sluice.benchmarks;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.destination.BatchResult;
import io.sluice.connector.destination.DestinationBatch;
import io.sluice.connector.destination.DestinationConnection;
import io.sluice.connector.destination.DestinationRecord;
import io.sluice.connector.destination.DestinationWriter;
import io.sluice.connector.destination.WritePlan;
import io.sluice.connectorruntime.ConnectorCatalog;
import io.sluice.operation.OperationKind;
import io.sluice.record.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

    /** Twenty mixed values, as long as those of the wide table; in bytes, as the loader reads them out of a payload. */
    private static DestinationRecord record(int i) {
        List<Value> values = new ArrayList<>();
        for (int column = 0; column < WideTable.COLUMNS.size(); column++) {
            values.add(
                    switch (column % 4) {
                        case 0 -> {
                            byte[] digits = bytes(Integer.toString(i * 7919));
                            yield new Value.Number(digits, 0, digits.length);
                        }
                        case 1 -> {
                            byte[] text = bytes("Customer " + i + " Łukasz, '" + column + "' of the wide table");
                            yield new Value.Text(text, 0, text.length, null);
                        }
                        case 2 -> Value.of(i % 3 == 0);
                        default -> {
                            byte[] json = bytes("{\"plan\":\"pro\",\"seats\":" + i % 40 + "}");
                            yield new Value.Structured(json, 0, json.length, null);
                        }
                    });
        }
        return new DestinationRecord(Integer.toString(i), values);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
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
