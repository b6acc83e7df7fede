package io.sluice.benchmarks;

import io.sluice.embedded.PostgresDatabase;
import io.sluice.standalone.stack.Stack;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * A webhook that takes 500 rows per request: every row through the whole stack, and the connector alone, against the raw rate of the same HTTP client
 * over loopback, which sends the body of such a request again and again with as many requests under way.
 */
final class WebhookPart implements Benchmark.Part {
    private static final int ROWS_PER_REQUEST = 500;

    /** What the webhook's connector claims. */
    private static final int UNDER_WAY = 8;

    private final Figures figures;
    private final long rows;
    private final int repetitions;

    WebhookPart(Figures figures, long rows, int repetitions) {
        this.figures = figures;
        this.rows = rows;
        this.repetitions = repetitions;
    }

    @Override
    public void run(Stack stack, PostgresDatabase database) throws Exception {
        WideTable table = new WideTable("hooked");
        try (HttpSink sink = new HttpSink();
                Connection connection = database.connect()) {
            table.create(connection, rows);
            WideTable.settle(connection, table.source());
            double ours = throughSluice(stack, database, connection, table, sink);
            alone(sink.url());
            // as long as those of the connector alone, which it is compared with
            byte[] body = sink.sample();
            raw(sink.url(), body);
            // in turn, so that a machine that is slower for some minutes is slower for both
            List<Double> alones = new ArrayList<>();
            List<Double> raws = new ArrayList<>();
            for (int i = 0; i < repetitions; i++) {
                alones.add(alone(sink.url()));
                raws.add(raw(sink.url(), body));
            }
            double alone = Figures.median(alones);
            double raw = Figures.median(raws);
            figures.report("the webhook's connector alone", alone, rows);
            figures.report("raw HTTP, " + body.length + " bytes per request", raw, rows);
            figures.ratio("connector alone / raw HTTP rate", raw, alone);
            figures.ratio("through the stack / raw HTTP rate", raw, ours);
        }
    }

    private double throughSluice(
            Stack stack, PostgresDatabase database, Connection connection, WideTable table, HttpSink sink)
            throws Exception {
        SluiceRoad.Destination webhook = new SluiceRoad.Destination(
                "webhook", Map.of("url", sink.url(), "records_per_request", ROWS_PER_REQUEST), "event");
        try (SluiceRoad sluice = new SluiceRoad(stack, database, table, "basic", webhook)) {
            sluice.run();
            return Figures.median(repetitions, () -> {
                table.change(connection, 1);
                WideTable.settle(connection, table.source());
                return figures.sluiceRun("webhook, every row changed", sluice, rows, rows);
            });
        }
    }

    private double raw(String url, byte[] body) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                    .build();
            return together(turn -> () -> {
                while (turn.getAsBoolean()) {
                    client.send(request, HttpResponse.BodyHandlers.discarding());
                }
                return null;
            });
        }
    }

    private double alone(String url) throws Exception {
        try (WebhookAlone webhook = new WebhookAlone(url, ROWS_PER_REQUEST)) {
            return together(webhook::sender);
        }
    }

    /** Makes what one of several senders does until it is told that its turn is over. */
    @FunctionalInterface
    private interface Sending {
        Callable<Void> sender(BooleanSupplier turn) throws Exception;
    }

    /** Seconds that as many requests take as the rows need, several under way. */
    private double together(Sending sending) throws Exception {
        AtomicLong left = new AtomicLong(Math.ceilDiv(rows, ROWS_PER_REQUEST));
        List<Callable<Void>> senders = new ArrayList<>();
        for (int i = 0; i < UNDER_WAY; i++) {
            senders.add(sending.sender(() -> left.getAndDecrement() > 0));
        }
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            return Figures.seconds(() -> {
                for (Future<Void> sent : callers.invokeAll(senders)) {
                    sent.get();
                }
            });
        }
    }
}
