package io.sluice.loader.run;

import static io.sluice.loader.run.LoaderFixture.KEY;
import static io.sluice.loader.run.LoaderFixture.ended;
import static io.sluice.loader.run.LoaderFixture.operations;
import static io.sluice.loader.run.LoaderFixture.started;
import static io.sluice.loader.run.LoaderFixture.upserts;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connector.ConnectorError;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.destination.AttemptResult;
import io.sluice.connector.destination.BatchResult;
import io.sluice.connector.destination.ConnectionLimits;
import io.sluice.connector.destination.DestinationBatch;
import io.sluice.contract.EndState;
import io.sluice.contract.LoadCounts;
import io.sluice.contract.LoadEnded;
import io.sluice.contract.NotAttempted;
import io.sluice.contract.OutcomeBatch;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.PlannedOperation;
import io.sluice.contract.StageError;
import io.sluice.loader.testing.Plans;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the loader says of a run whose operations are logged into the source (WWB-2, WWB-3, WWB-6). */
class LoggedRunTest {
    private final LoaderFixture fixture = new LoaderFixture();

    LoggedRunTest() {
        fixture.plans.computeIfPresent(1L, (id, plan) -> Plans.logged(plan));
    }

    @Test
    @DisplayName("WWB-3: each outcome says which fields were sent, and none where nothing could be made to send")
    void whatWasSentIsSaid() throws Exception {
        fixture.script.answer = batch -> new BatchResult.PerRecord(batch.records().stream()
                .<AttemptResult>map(record -> record.identifier().equals("c")
                        ? new AttemptResult.Rejected("no")
                        : AttemptResult.Accepted.PLAIN)
                .toList());
        PartitionLoader loader = fixture.loader();
        loader.accept(0, KEY, started(1));
        loader.accept(
                1,
                KEY,
                operations(
                        1,
                        Plans.operation(PlannedOperation.UPSERT, "a", "{\"id\":1.50,\"name\":\"q\\\"\\u0001ü\"}"),
                        Plans.operation(PlannedOperation.UPSERT, "b", "no json"),
                        Plans.delete("d"),
                        Plans.operation(PlannedOperation.UPSERT, "c", "{\"id\":\"c\",\"name\":null}")));
        loader.accept(2, KEY, ended(1, 3, 1));

        assertThat(sent())
                .containsExactlyInAnyOrder(
                        "a SUCCEEDED {\"key\":1.50,\"label\":\"q\\\"\\u0001ü\",\"origin\":\"sluice\",\"run\":1}",
                        "b REJECTED null",
                        "c REJECTED {\"key\":\"c\",\"label\":null,\"origin\":\"sluice\",\"run\":1}",
                        "d SUCCEEDED {\"key\":\"d\"}");
        assertThat(notAttempted()).isEmpty();
    }

    @Test
    @DisplayName("WWB-1: a run that no source logs says nothing of it, and nothing of what it did not try")
    void otherRunsSayNothing() throws Exception {
        fixture.plans.put(1L, Plans.plan(1, LoaderFixture.SYNC, 9, null));
        fixture.script.limits = new ConnectionLimits(2, 1);
        fixture.script.answer = this::acceptAndCancel;
        run(10);

        assertThat(batches()).isNotEmpty().allSatisfy(batch -> {
            assertThat(batch.getSyncLog()).isNull();
            assertThat(batch.getOutcomes()).isNotEmpty();
        });
        assertThat(fixture.end().getLoad()).isEqualTo(new LoadCounts(2L, 0L, 0L, 0L, 8L));
    }

    @Test
    @DisplayName("WWB-6, HIS-8: what a cancelled run did not try is named once each, and is no outcome")
    void aCancelledRunNamesWhatItLeft() throws Exception {
        fixture.script.limits = new ConnectionLimits(4, 1);
        fixture.script.answer = this::acceptAndCancel;
        run(10);

        assertThat(fixture.outcomes()).hasSize(4);
        assertThat(notAttempted())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(4, 10).mapToObj(i -> "u" + i).toList());
        assertThat(fixture.end().getLoad()).isEqualTo(new LoadCounts(4L, 0L, 0L, 0L, 6L));
    }

    @Test
    @DisplayName("WWB-6: within one call, what was tried and what was not is told apart")
    void partOfABatchIsLeft() throws Exception {
        // Given a batch that is split: its first half is taken, and then the destination is gone
        fixture.script.answer = batch -> switch (batch.records().size()) {
            case 8 -> new BatchResult.Refused("too many");
            default ->
                batch.records().getFirst().identifier().equals("u0")
                        ? new BatchResult.AllAccepted()
                        : new BatchResult.Failed(gone());
        };
        run(8);

        List<String> accepted = fixture.outcomes().stream()
                .filter(outcome -> outcome.getStatus() == OutcomeStatus.SUCCEEDED)
                .map(outcome -> outcome.getIdentifier())
                .toList();
        assertThat(accepted).isNotEmpty().contains("u0");
        List<String> all = new ArrayList<>(accepted);
        all.addAll(notAttempted());
        assertThat(all)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 8).mapToObj(i -> "u" + i).toList());
        assertThat(fixture.end().getState()).isEqualTo(EndState.FAILED);
    }

    @Test
    @DisplayName("WWB-6: a run whose destination cannot be opened leaves all its operations, and does not hoard them")
    void nothingCouldBeTried() throws Exception {
        fixture.script.opening = () -> {
            throw new ConnectorException(gone());
        };
        PartitionLoader loader = fixture.loader();
        loader.accept(0, KEY, started(1));
        for (int message = 0; message < 120; message++) {
            loader.accept(1 + message, KEY, upserts(1, 2 * message, 2 * message + 2));
        }
        assertThat(notAttempted()).hasSizeGreaterThan(150);
        loader.accept(121, KEY, ended(1, 240, 0));

        assertThat(notAttempted())
                .containsExactlyElementsOf(
                        IntStream.range(0, 240).mapToObj(i -> "u" + i).toList());
        assertThat(fixture.outcomes()).isEmpty();
        assertThat(((LoadEnded) fixture.events().getLast()).getLoad().getNotAttempted())
                .isEqualTo(240);
    }

    private BatchResult acceptAndCancel(DestinationBatch batch) {
        fixture.canceled.put(1L, "Cancelled by ann@example.com");
        return new BatchResult.AllAccepted();
    }

    private static ConnectorError gone() {
        return new ConnectorError("DATABASE_UNREACHABLE", ConnectorError.Fault.EXTERNAL, "The database is gone.");
    }

    private void run(int upserts) throws Exception {
        PartitionLoader loader = fixture.loader();
        loader.accept(0, KEY, started(1));
        loader.accept(1, KEY, upserts(1, 0, upserts));
        loader.accept(2, KEY, ended(1, upserts, 0, EndState.CANCELED, new StageError("X", "y")));
    }

    private List<OutcomeBatch> batches() {
        return fixture.events().stream()
                .filter(OutcomeBatch.class::isInstance)
                .map(OutcomeBatch.class::cast)
                .toList();
    }

    private List<String> notAttempted() {
        return batches().stream()
                .flatMap(batch -> batch.getSyncLog().getNotAttempted().stream())
                .map(NotAttempted::getIdentifier)
                .toList();
    }

    private List<String> sent() {
        List<String> all = new ArrayList<>();
        for (OutcomeBatch batch : batches()) {
            List<ByteBuffer> sent = batch.getSyncLog().getSent();
            assertThat(sent).hasSameSizeAs(batch.getOutcomes());
            for (int i = 0; i < sent.size(); i++) {
                ByteBuffer json = sent.get(i);
                all.add(batch.getOutcomes().get(i).getIdentifier() + " "
                        + batch.getOutcomes().get(i).getStatus() + " "
                        + (json == null ? null : StandardCharsets.UTF_8.decode(json.duplicate())));
            }
        }
        return all;
    }
}
