package io.sluice.differ.diff;

import io.sluice.contract.DiffCounts;
import io.sluice.contract.DiffEnded;
import io.sluice.contract.EndState;
import io.sluice.contract.ExtractEnded;
import io.sluice.contract.Invalidity;
import io.sluice.contract.LoadCounts;
import io.sluice.contract.LoadEnded;
import io.sluice.contract.Operation;
import io.sluice.contract.OperationBatch;
import io.sluice.contract.Outcome;
import io.sluice.contract.OutcomeBatch;
import io.sluice.contract.OutcomeStatus;
import io.sluice.contract.PlannedOperation;
import io.sluice.contract.RecordBatch;
import io.sluice.contract.RecordFingerprint;
import io.sluice.contract.RunStarted;
import io.sluice.contract.SourceRecord;
import io.sluice.contract.StageError;
import io.sluice.differ.state.ByteAcceptedState;
import io.sluice.differ.state.ByteRunStore;
import io.sluice.differ.state.MemoryByteStore;
import io.sluice.operation.SyncBehavior;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A differ with a simulated loader and destination behind it; plays whole runs and remembers what happened. */
final class SimulatedPartition {
    static final long SYNC = 7;

    /** One row of a simulated source. */
    record Row(String identifier, int value) {}

    private final MemoryByteStore stateBytes = new MemoryByteStore();
    private final MemoryByteStore runBytes = new MemoryByteStore();
    private final Deque<Operation> inFlight = new ArrayDeque<>();

    /** What the destination holds: identifier to value of the payload. */
    final Map<String, String> destination = new HashMap<>();

    /** What tracking would have written for the current run. */
    final List<Outcome> tracked = new ArrayList<>();

    DiffCounts counts;
    LoadEnded absorbed;
    long runId;
    private SyncBehavior behavior;
    private boolean fullSync;
    private PartitionDiffer differ = newDiffer();
    private String attempt;
    private Set<String> refused = Set.of();

    private PartitionDiffer newDiffer() {
        return new PartitionDiffer(new ByteAcceptedState(stateBytes), new ByteRunStore(runBytes), new Downstream());
    }

    /** The process is killed and comes back: only the stores remain. */
    void restartDiffer() {
        differ = newDiffer();
    }

    void beginRun(SyncBehavior chosen, boolean full, Set<String> refusedIdentifiers) {
        runId++;
        behavior = chosen;
        fullSync = full;
        refused = refusedIdentifiers;
        tracked.clear();
        counts = null;
        absorbed = null;
    }

    void beginAttempt(String attemptId) {
        beginAttempt(attemptId, false);
    }

    void beginAttempt(String attemptId, boolean newIdentity) {
        attempt = attemptId;
        differ.runStarted(
                new RunFacts(runId, SYNC, 3, behavior, fullSync, "id"),
                new RunStarted(runId, SYNC, attemptId),
                newIdentity);
    }

    void rows(List<Row> rows, Set<String> duplicates) {
        List<SourceRecord> records = rows.stream()
                .map(row -> new SourceRecord(
                        row.identifier(),
                        fingerprint(row),
                        ByteBuffer.wrap(payload(row).getBytes(StandardCharsets.UTF_8)),
                        row.identifier() == null
                                ? Invalidity.NULL_IDENTIFIER
                                : duplicates.contains(row.identifier()) ? Invalidity.DUPLICATE_IDENTIFIER : null))
                .toList();
        differ.records(new RecordBatch(runId, attempt, records));
    }

    static String payload(Row row) {
        return row.identifier() + "=" + row.value();
    }

    private static RecordFingerprint fingerprint(Row row) {
        return new RecordFingerprint(ByteBuffer.allocate(16)
                .putLong(row.identifier() == null ? 1 : row.identifier().hashCode() + 2L)
                .putLong(row.value())
                .array());
    }

    void endExtract(long sent) {
        differ.extractEnded(end(EndState.COMPLETED, sent, null));
    }

    void failExtract() {
        differ.extractEnded(end(EndState.FAILED, 0L, new StageError("CONNECTION_LOST", "gone")));
    }

    private ExtractEnded end(EndState state, long sent, StageError error) {
        return ExtractEnded.newBuilder()
                .setSyncRunId(runId)
                .setAttemptId(attempt)
                .setState(state)
                .setRecordCount(sent)
                .setError(error)
                .build();
    }

    /** The loader answers up to {@code most} waiting operations. */
    void load(int most) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < most && !inFlight.isEmpty(); i++) {
            outcomes.add(apply(inFlight.poll()));
        }
        if (!outcomes.isEmpty()) {
            tracked.addAll(outcomes);
            differ.outcomes(SYNC, new OutcomeBatch(runId, null, null, outcomes));
        }
    }

    private Outcome apply(Operation operation) {
        boolean accepted = !refused.contains(operation.getIdentifier());
        if (accepted && operation.getKind() == PlannedOperation.DELETE) {
            destination.remove(operation.getIdentifier());
        } else if (accepted) {
            destination.put(
                    operation.getIdentifier(),
                    StandardCharsets.UTF_8
                            .decode(operation.getPayload().duplicate())
                            .toString());
        }
        return new Outcome(
                operation.getIdentifier(),
                operation.getKind(),
                accepted ? OutcomeStatus.SUCCEEDED : OutcomeStatus.REJECTED,
                null,
                operation.getFingerprint(),
                operation.getPayload(),
                operation.getOrdinal());
    }

    /** The loader has answered everything and closes the bracket. */
    void endRun() {
        load(Integer.MAX_VALUE);
        differ.loadEnded(new LoadEnded(runId, EndState.COMPLETED, counts, new LoadCounts(0L, 0L, 0L, 0L, 0L), null));
    }

    int runEntries() {
        return runBytes.size();
    }

    private final class Downstream implements DiffOutput {
        @Override
        public void runStarted(RunFacts run, RunStarted started) {}

        @Override
        public void operations(RunFacts run, OperationBatch batch) {
            inFlight.addAll(batch.getOperations());
        }

        @Override
        public void invalid(RunFacts run, OutcomeBatch batch) {
            tracked.addAll(batch.getOutcomes());
            differ.outcomes(SYNC, batch);
        }

        @Override
        public void diffEnded(RunFacts run, DiffEnded ended) {
            counts = ended.getCounts();
        }

        @Override
        public void absorbed(RunFacts run, LoadEnded ended) {
            absorbed = ended;
        }

        @Override
        public void progress(RunFacts run, long records) {}
    }
}
