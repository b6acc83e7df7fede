package io.sluice.extractor.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connector.source.SourceConnection;
import io.sluice.connector.source.StateId;
import io.sluice.contract.DestinationFact;
import io.sluice.contract.DestinationObjectFact;
import io.sluice.contract.DiffCounts;
import io.sluice.contract.EndState;
import io.sluice.contract.FactTables;
import io.sluice.contract.LoadCounts;
import io.sluice.contract.LoadEnded;
import io.sluice.contract.NotAttempted;
import io.sluice.contract.Outcome;
import io.sluice.contract.OutcomeBatch;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.OutcomesEvent;
import io.sluice.contract.PlannedBehavior;
import io.sluice.contract.PlannedEndpoint;
import io.sluice.contract.PlannedOperation;
import io.sluice.contract.PlannedSql;
import io.sluice.contract.PlannedStateMode;
import io.sluice.contract.RecordFingerprint;
import io.sluice.contract.RunPlan;
import io.sluice.contract.RunStarted;
import io.sluice.contract.SourceObjectFact;
import io.sluice.contract.SyncLogPart;
import io.sluice.contract.Topics;
import io.sluice.contract.Writeback;
import io.sluice.support.kafka.ParkedMessages;
import io.sluice.testsupport.Eventually;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The extractor's part of the warehouse writeback, on a real Kafka and a real source. */
class WritebackServiceIT {
    private static final long SOURCE = 11;
    private static final long SYNC = 5;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final WritebackWorld world = new WritebackWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @DisplayName(
            "WWB-4: facts are written to a source that takes them, as soon as it does, with what its own workspace has")
    void factsReachTheSources() {
        try (FactTablesWriter writer = world.factTablesWriter()) {
            assertThat(writer).isNotNull();
            world.saveSource(SOURCE, false);
            world.send(Topics.FACT_TABLES, 0, "1", facts(NOON, "too early"));
            world.saveSource(SOURCE, true);
            Eventually.eventually(SOON, () -> assertThat(world.rows("SELECT name FROM sluice.source_objects"))
                    .containsExactly("too early"));
            world.send(Topics.FACT_TABLES, 0, "1", facts(NOON.plusSeconds(1), "people"));
            Eventually.eventually(SOON, () -> assertThat(world.rows("TABLE sluice.source_objects"))
                    .containsExactly("12|DataWarehouse::Table|people|null|null|null|null"));
            assertThat(world.rows("TABLE sluice.destinations")).containsExactly("15|Webhook::Connection|Hooks");
            assertThat(world.rows("TABLE sluice.destination_objects"))
                    .containsExactly("16|Webhook::ObjectTypes::Event|event");

            world.send(Topics.FACT_TABLES, 0, "1", facts(NOON.plusSeconds(2), "customers"));
            Eventually.eventually(SOON, () -> assertThat(world.rows("SELECT name FROM sluice.source_objects"))
                    .containsExactly("customers"));
        }
    }

    @Test
    @DisplayName("WWB-2, WWB-6, AC-22: outcomes that are read again after a crash leave no second line")
    void readAgain() throws Exception {
        // Given the outcomes of a run, half of them with what was sent
        world.start();
        world.saveSource(SOURCE, true);
        try (SourceConnection source = world.sources.open(SOURCE)) {
            source.bookkeeping().orElseThrow().prepare(new StateId(1, SYNC), 17, false);
        }
        RunPlan plan = plan(17);
        Instant before = Instant.now();
        outcomes(new RunStarted(17L, SYNC, "attempt"));
        outcomes(batch(17, "a", "b"));
        outcomes(batch(17, "c"));

        // When they are followed, read again from their beginning together with the rest, and then followed to their
        // end
        follow(plan, before, () -> assertThat(log()).hasSize(3));
        outcomes(new OutcomeBatch(
                17L,
                null,
                null,
                List.of(),
                new SyncLogPart(List.of(), List.of(new NotAttempted("d", PlannedOperation.DELETE)))));
        outcomes(new LoadEnded(
                17L, EndState.CANCELED, new DiffCounts(4L, 0L, 3L, 1L, 0L), new LoadCounts(3L, 0L, 0L, 0L, 1L), null));
        new OutcomeRedo(world.clients, run -> Optional.of(plan), writer())
                .before(RunPlan.newBuilder(plan(18))
                        .setRedoOutcomesSince(before)
                        .build());
        assertThat(log()).hasSize(4);
        follow(plan, before, () -> assertThat(remembered()).isEqualTo(5));

        // Then
        assertThat(log())
                .containsExactly(
                        "a|{\"key\":\"a\"}|upsert|succeeded",
                        "b|{\"key\":\"b\"}|upsert|succeeded",
                        "c|{\"key\":\"c\"}|upsert|succeeded",
                        "d|null|delete|aborted");
        assertThat(world.rows("SELECT identifier FROM sluice.accepted_w1_s5 ORDER BY 1"))
                .containsExactly("a", "b", "c");
    }

    private List<String> log() {
        return world.rows("SELECT record_identifier, record_payload, operation, status FROM sluice.sync_log"
                + " ORDER BY log_id");
    }

    private SourceStateWriter writer() {
        return new SourceStateWriter(world.sources, Duration.ofSeconds(30));
    }

    private void follow(RunPlan plan, Instant since, Eventually.Assertion until) throws InterruptedException {
        try (ParkedMessages parked = new ParkedMessages(world.clients)) {
            StateCommitter committer = new StateCommitter(
                    world.clients,
                    run -> Optional.of(plan).filter(known -> known.getSyncRunId() == run),
                    writer(),
                    world.producer,
                    parked,
                    since);
            Thread thread = Thread.ofPlatform().start(committer);
            Eventually.eventually(SOON, until);
            committer.stop();
            thread.join(SOON);
            assertThat(thread.isAlive()).isFalse();
        }
    }

    /** How many of the outcomes the committers need not read again. */
    private long remembered() throws Exception {
        try (Admin admin = world.clients.admin()) {
            return admin.listConsumerGroupOffsets(StateCommitter.GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(new TopicPartition(Topics.OUTCOMES, 0))
                    .offset();
        }
    }

    private void outcomes(Object event) {
        world.send(Topics.OUTCOMES, 0, Long.toString(SYNC), new OutcomesEvent(event));
    }

    private static OutcomeBatch batch(long run, String... identifiers) {
        List<Outcome> outcomes = new ArrayList<>();
        List<ByteBuffer> sent = new ArrayList<>();
        for (String identifier : identifiers) {
            outcomes.add(new Outcome(
                    identifier,
                    PlannedOperation.UPSERT,
                    OutcomeStatus.SUCCEEDED,
                    null,
                    new RecordFingerprint(new byte[16]),
                    ByteBuffer.wrap("{}".getBytes(StandardCharsets.UTF_8)),
                    -1));
            sent.add(ByteBuffer.wrap(("{\"key\":\"" + identifier + "\"}").getBytes(StandardCharsets.UTF_8)));
        }
        return new OutcomeBatch(run, NOON, NOON, outcomes, new SyncLogPart(sent, List.of()));
    }

    private static RunPlan plan(long run) {
        return RunPlan.newBuilder()
                .setSyncRunId(run)
                .setSyncId(SYNC)
                .setOrganizationId(1)
                .setWorkspaceId(1)
                .setSource(new PlannedEndpoint(SOURCE, "postgres", "table", 12L, "people"))
                .setDestination(new PlannedEndpoint(15L, "webhook", "object", 16L, "event"))
                .setQuery(new PlannedSql("select 1 as id"))
                .setColumns(List.of())
                .setIdentifierColumn("id")
                .setMappings(List.of())
                .setBehavior(PlannedBehavior.MIRROR)
                .setStateMode(PlannedStateMode.WAREHOUSE)
                .setFullSync(false)
                .setFullSyncReasons(List.of())
                .setBatchSize(null)
                .setStartedAt(NOON)
                .setWriteback(new Writeback(7))
                .build();
    }

    private static FactTables facts(Instant at, String table) {
        return FactTables.newBuilder()
                .setOrganizationId(1)
                .setTakenAt(at)
                .setSourceObjects(List.of(object(12, 1, table), object(13, 2, "of another workspace")))
                .setDestinations(List.of(new DestinationFact(15L, 1L, "Webhook::Connection", "Hooks", true)))
                .setDestinationObjects(
                        List.of(new DestinationObjectFact(16L, 1L, 15L, "Webhook::ObjectTypes::Event", "event", true)))
                .setBuckets(Collections.emptyList())
                .build();
    }

    private static SourceObjectFact object(long id, long workspace, String name) {
        return SourceObjectFact.newBuilder()
                .setId(id)
                .setWorkspaceId(workspace)
                .setSourceId(SOURCE)
                .setType("DataWarehouse::Table")
                .setName(name)
                .build();
    }
}
