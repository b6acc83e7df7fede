package io.sluice.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.embedded.PostgresDatabase;
import io.sluice.standalone.api.SluiceApi;
import io.sluice.standalone.stack.Stack;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The demo's story on a running stack: two syncs, three runs each, all through the public API. */
public final class Demo {
    private static final long ORGANIZATION = 1;
    private static final Duration RUN_LIMIT = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final List<String> HEADER =
            List.of("sync", "source", "new/changed", "removed", "invalid", "sent", "accepted", "rejected", "seconds");

    private final Stack stack;
    private final DemoOutput output;
    private final TrackingFiles tracking;
    private final List<String> problems = new ArrayList<>();

    /** A sync that exists on the server, and what the model expects of it. */
    private record Live(DemoSync sync, long id, ExpectedDestination expected) {}

    /** One run of it. */
    private record Started(Live live, long runId, RunCounts expected) {}

    /** A demo on a stack that is ready. */
    public Demo(Stack stack, DemoOutput output) {
        this.stack = stack;
        this.output = output;
        this.tracking = new TrackingFiles(stack.data().bucket());
    }

    /**
     * Plays the story.
     *
     * @return true when every counter, every row of the destination and every tracking file is as it should be
     * @throws DemoException when the story cannot go on
     */
    public boolean run() {
        try (SluiceApi api = new SluiceApi(stack.url(), stack.apiKey())) {
            output.line("");
            output.line("Making a warehouse with " + DemoOutput.number(DemoWarehouse.CUSTOMERS) + " customers and "
                    + DemoOutput.number(DemoWarehouse.ORDERS) + " orders, and a CRM with two empty tables …");
            DemoWarehouse warehouse = new DemoWarehouse(stack.recreateDatabase("demo_warehouse"));
            warehouse.create();
            PostgresDatabase crm = stack.recreateDatabase("demo_crm");
            DemoCrm.create(crm);
            List<Live> syncs = createSyncs(api, stack.readerOf(warehouse.database()), crm);

            runAll(api, "Run 1: the first load", syncs, warehouse.database(), crm);
            runAll(
                    api,
                    "Run 2: nothing changed; only what was rejected is tried again",
                    syncs,
                    warehouse.database(),
                    crm);
            warehouse.change();
            Map<Live, Long> last = runAll(
                    api, "Run 3: some rows changed, came, went or were mended", syncs, warehouse.database(), crm);
            printWhereToLook(last, crm);
        } catch (SQLException e) {
            throw new DemoException("the demo's databases do not answer: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new DemoException("the tracking files cannot be read: " + e.getMessage(), e);
        }
        return verdict();
    }

    private List<Live> createSyncs(SluiceApi api, PostgresDatabase warehouse, PostgresDatabase crm) {
        long source = id(api.post(
                "sources",
                Map.of(
                        "connection",
                        Map.of(
                                "name",
                                "Demo warehouse",
                                "type",
                                "postgres",
                                "sync_engine",
                                "basic",
                                "credentials",
                                credentials(warehouse)))));
        long destination = id(api.post(
                "destinations",
                Map.of(
                        "service_connection",
                        Map.of("name", "Demo CRM", "type", "postgres", "credentials", credentials(crm)))));
        List<Live> syncs = new ArrayList<>();
        for (DemoSync sync : List.of(DemoSync.customers(), DemoSync.orders())) {
            long id = api.post("syncs", sync.form(warehouse, source, destination))
                    .path("sync_id")
                    .asLong();
            syncs.add(new Live(sync, id, new ExpectedDestination(sync.isMirror(), sync.acceptable())));
        }
        output.line("Created through the API: source " + source + ", destination " + destination + ", syncs "
                + String.join(
                        " and ",
                        syncs.stream().map(sync -> Long.toString(sync.id())).toList()));
        return syncs;
    }

    private static Map<String, Object> credentials(PostgresDatabase database) {
        return Map.of(
                "hostname", database.host(),
                "port", database.port(),
                "database", database.name(),
                "user", database.user(),
                "password", database.password());
    }

    private static long id(JsonNode created) {
        return created.path("id").asLong();
    }

    private Map<Live, Long> runAll(
            SluiceApi api, String title, List<Live> syncs, PostgresDatabase warehouse, PostgresDatabase crm)
            throws SQLException, IOException {
        output.line("");
        output.line(title);
        long startedAt = System.nanoTime();
        List<Started> started = new ArrayList<>();
        for (Live live : syncs) {
            RunCounts expected = live.expected().run(live.sync().sourceRows(warehouse));
            long runId = api.post("syncs/" + live.id() + "/trigger", Map.of())
                    .path("sync_run_id")
                    .asLong();
            started.add(new Started(live, runId, expected));
        }
        Map<Started, JsonNode> ended = awaitAll(api, started, startedAt);
        output.table(
                HEADER,
                ended.entrySet().stream()
                        .map(entry -> tableRow(entry.getKey(), entry.getValue()))
                        .toList());
        Map<Live, Long> runIds = new LinkedHashMap<>();
        for (Map.Entry<Started, JsonNode> entry : ended.entrySet()) {
            check(entry.getKey(), entry.getValue(), crm);
            runIds.put(entry.getKey().live(), entry.getKey().runId());
        }
        return runIds;
    }

    private Map<Started, JsonNode> awaitAll(SluiceApi api, List<Started> started, long startedAt) {
        Map<Started, JsonNode> ended = new LinkedHashMap<>();
        while (true) {
            List<String> progress = new ArrayList<>();
            boolean allOver = true;
            for (Started run : started) {
                JsonNode state = api.get("sync_runs/" + run.runId());
                ended.put(run, state);
                allOver &= !state.path("completed_at").isNull()
                        && !state.path("completed_at").isMissingNode();
                progress.add(progressOf(run, state));
            }
            if (allOver) {
                output.endProgress();
                return ended;
            }
            output.progress("  " + String.join("   ", progress));
            if (System.nanoTime() - startedAt > RUN_LIMIT.toNanos()) {
                throw new DemoException("the runs did not end within " + RUN_LIMIT.toMinutes() + " minutes; see "
                        + stack.data().logs());
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoException("interrupted", e);
        }
    }

    private static String progressOf(Started run, JsonNode state) {
        RunCounts now = RunCounts.of(state);
        String step = state.path("current_step").asText(state.path("status").asText());
        return run.live().sync().label() + ": " + step + ", " + DemoOutput.number(now.source()) + " read, "
                + DemoOutput.number(now.processed()) + " sent";
    }

    private static List<String> tableRow(Started run, JsonNode state) {
        RunCounts counts = RunCounts.of(state);
        DemoSync sync = run.live().sync();
        return List.of(
                sync.label() + " (" + sync.operation() + ")",
                DemoOutput.number(counts.source()),
                DemoOutput.number(counts.updates()),
                DemoOutput.number(counts.deletes()),
                DemoOutput.number(counts.invalid()),
                DemoOutput.number(counts.processed()),
                DemoOutput.number(counts.accepted()),
                DemoOutput.number(counts.rejected()),
                RunTimes.seconds(state));
    }

    private void check(Started run, JsonNode state, PostgresDatabase crm) throws SQLException, IOException {
        DemoSync sync = run.live().sync();
        String status = state.path("status").asText();
        if (!"completed".equals(status)) {
            problem(
                    sync,
                    "run " + run.runId() + " ended as " + status + ": "
                            + state.path("error_message").asText());
            return;
        }
        List<String> differences = RunCheck.differences(
                run.expected(),
                RunCounts.of(state),
                run.live().expected().rows(),
                sync.destinationRows(crm),
                tracking.rowsByStatus(tracking.folder(ORGANIZATION, run.live().id(), run.runId())));
        differences.forEach(difference -> problem(sync, difference));
    }

    private void problem(DemoSync sync, String text) {
        problems.add(sync.label() + ": " + text);
        output.line("  ✗ " + sync.label() + ": " + text);
    }

    private void printWhereToLook(Map<Live, Long> lastRuns, PostgresDatabase crm) {
        Map.Entry<Live, Long> mirror = lastRuns.entrySet().stream()
                .filter(entry -> entry.getKey().sync().isMirror())
                .findFirst()
                .orElseThrow();
        Path folder = tracking.folder(ORGANIZATION, mirror.getKey().id(), mirror.getValue());
        Path root = stack.data().root();
        output.line("");
        output.line("Where to look next");
        output.line(
                "  API          " + stack.url() + "/api/v1/syncs   (documented at " + stack.url() + "/q/swagger-ui)");
        output.line("  Token        " + stack.data().apiToken());
        output.line("  Try          curl -H \"Authorization: Bearer $(cat '"
                + stack.data().apiToken() + "')\" " + stack.url() + "/api/v1/sync_runs/" + mirror.getValue());
        output.line("  Destination  PostgreSQL " + crm.host() + ":" + crm.port() + ", database and user " + crm.name()
                + ", password in " + root.resolve("secrets") + " (demo-password)");
        output.line("  Parquet      " + folder);
        output.line("  DuckDB       " + TrackingFiles.query(folder) + ";");
        output.line("  Logs         " + stack.data().logs());
        output.line("");
    }

    private boolean verdict() {
        if (problems.isEmpty()) {
            output.line("All as it should be: every counter, every destination row and every tracking row.");
            return true;
        }
        output.line(problems.size() + " things are not as they should be:");
        problems.forEach(problem -> output.line("  ✗ " + problem));
        return false;
    }
}
