package io.sluice.differ.diff;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.sluice.contract.QuarantinedRecord;
import io.sluice.contract.RecordBatch;
import io.sluice.contract.RemovalVote;
import io.sluice.contract.RereadRun;
import io.sluice.contract.RunStarted;
import io.sluice.contract.StageError;
import io.sluice.contract.rows.RowPacker;
import io.sluice.differ.state.ByteAcceptedState;
import io.sluice.differ.state.ByteFailingRecords;
import io.sluice.differ.state.ByteRunStore;
import io.sluice.differ.state.MemoryByteStore;
import io.sluice.operation.StateMode;
import io.sluice.operation.SyncBehavior;
import io.sluice.support.removal.RemovalLimit;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A differ with a simulated loader and destination behind it; plays whole runs and remembers what happened. */
final class SimulatedPartition {
    static final long SYNC = 7;
    static final Instant SENT_AT = Instant.parse("2026-11-30T07:00:00Z");

    /** One row of a simulated source. */
    record Row(String identifier, int value) {}

    private final MemoryByteStore stateBytes = new MemoryByteStore();
    private final MemoryByteStore runBytes = new MemoryByteStore();
    private final Deque<Operation> inFlight = new ArrayDeque<>();

    final SimulatedDestination destination = new SimulatedDestination();

    /** What the control plane would list as quarantined, by identifier. */
    final Map<String, QuarantinedRecord> quarantined = new HashMap<>();

    /** Identifiers of the rows that the current run's reading brought before its end. */
    final Set<String> met = new HashSet<>();

    /** What tracking would have written for the current run. */
    final List<Outcome> tracked = new ArrayList<>();

    DiffCounts counts;
    LoadEnded absorbed;
    RunProgress absorbedAs;
    StageError diffError;
    long runId;
    private SyncBehavior behavior;
    private boolean fullSync;
    private long fullSyncSince;
    private RunFacts.Start start = RunFacts.Start.USUAL;
    private Optional<RemovalLimit> limit = Optional.empty();
    private QuarantineRule quarantine = QuarantineRule.OFF;
    private List<PartitionDiffer.Release> releases = List.of();
    private final Deque<RemovalVote> votes = new ArrayDeque<>();
    private final int partition;
    private final int partitions;
    private PartitionDiffer differ;
    private String attempt;
    private Predicate<Row> known = row -> false;
    private final Set<Long> asked = new HashSet<>();
    private boolean askedAll;
    private boolean rereadWanted;

    SimulatedPartition() {
        this(0, 1);
    }

    /** One of several partitions. */
    SimulatedPartition(int partition, int partitions) {
        this.partition = partition;
        this.partitions = partitions;
        this.differ = newDiffer();
    }

    private PartitionDiffer newDiffer() {
        return new PartitionDiffer(
                new ByteAcceptedState(stateBytes),
                new ByteRunStore(runBytes),
                new ByteFailingRecords(runBytes),
                new Downstream(),
                partition,
                partitions);
    }

    /** The process is killed and comes back: only the stores remain. */
    void restartDiffer() {
        differ = newDiffer();
    }

    void beginRun(SyncBehavior chosen, boolean full) {
        beginRun(chosen, full, 0);
    }

    /** Begins a run; a full sync may continue the one that began in run {@code since}. */
    void beginRun(SyncBehavior chosen, boolean full, long since) {
        runId++;
        behavior = chosen;
        fullSync = full;
        fullSyncSince = since == 0 ? runId : since;
        start = RunFacts.Start.USUAL;
        limit = Optional.empty();
        releases = List.of();
        tracked.clear();
        met.clear();
        counts = null;
        absorbed = null;
        diffError = null;
        known = row -> false;
        asked.clear();
        askedAll = false;
        rereadWanted = false;
    }

    /** The run meets the state in another way than usual. */
    void startAs(RunFacts.Start other) {
        start = other;
    }

    /** The run has a mass-removal guard. */
    void guard(RemovalLimit removals) {
        limit = Optional.of(removals);
    }

    /** From now on records are left alone after so many failures. */
    void quarantineAfter(int failures) {
        quarantineAfter(failures, 1);
    }

    /** The same under these mappings. */
    void quarantineAfter(int failures, long mappings) {
        quarantine = new QuarantineRule(failures, mappings);
    }

    /** The run's plan carries these releases. */
    void release(PartitionDiffer.Release... released) {
        releases = List.of(released);
    }

    void beginAttempt(String attemptId) {
        beginAttempt(attemptId, new PartitionDiffer.Expectation(false, 0, releases));
    }

    void beginAttempt(String attemptId, PartitionDiffer.Expectation expected) {
        attempt = attemptId;
        differ.runStarted(
                new RunFacts(
                        runId,
                        SYNC,
                        3,
                        behavior,
                        "id",
                        fullSync,
                        fullSyncSince,
                        start,
                        limit,
                        StateMode.PLATFORM,
                        quarantine),
                new RunStarted(runId, SYNC, attemptId),
                expected);
    }

    /** Rows for which this holds come without their payload, unless the differ has asked for it. */
    void known(Predicate<Row> belief) {
        known = belief;
    }

    /** Whether the differ asked for rows to be read again since it was last asked; they come whole from now on. */
    boolean takeReread() {
        boolean wanted = rereadWanted;
        rereadWanted = false;
        return wanted;
    }

    void rows(List<Row> rows, Set<String> duplicates) {
        RowPacker packer = new RowPacker();
        for (Row row : rows) {
            if (counts == null) {
                met.add(row.identifier());
            }
            Invalidity invalidity = row.identifier() == null
                    ? Invalidity.NULL_IDENTIFIER
                    : duplicates.contains(row.identifier()) ? Invalidity.DUPLICATE_IDENTIFIER : null;
            long high = row.identifier() == null ? 1 : row.identifier().hashCode() + 2L;
            if (invalidity == null && known.test(row) && !askedAll && !asked.contains(high)) {
                packer.addKnown(row.identifier(), high, row.value());
            } else {
                packer.add(
                        row.identifier(),
                        high,
                        row.value(),
                        payload(row).getBytes(StandardCharsets.UTF_8),
                        invalidity,
                        null);
            }
        }
        differ.records(new RecordBatch(runId, attempt, packer.rows(), packer.take()));
    }

    static String payload(Row row) {
        return row.identifier() + "=" + row.value();
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
            differ.outcomes(SYNC, new OutcomeBatch(runId, SENT_AT, SENT_AT, outcomes, null));
        }
    }

    private Outcome apply(Operation operation) {
        OutcomeStatus status = destination.apply(
                operation.getKind(),
                operation.getIdentifier(),
                StandardCharsets.UTF_8
                        .decode(operation.getPayload().duplicate())
                        .toString());
        return new Outcome(
                operation.getIdentifier(),
                operation.getKind(),
                status,
                status == OutcomeStatus.REJECTED ? "no room for " + operation.getIdentifier() : null,
                operation.getFingerprint(),
                operation.getPayload(),
                operation.getOrdinal());
    }

    /** The loader has answered everything and closes the bracket. */
    void endRun() {
        load(Integer.MAX_VALUE);
        over(EndState.COMPLETED);
    }

    /** The loader drops what it has not sent and closes the bracket. */
    void cancelRun() {
        inFlight.clear();
        over(EndState.CANCELED);
    }

    private void over(EndState state) {
        differ.loadEnded(new LoadEnded(runId, state, counts, new LoadCounts(0L, 0L, 0L, 0L, 0L), null));
    }

    /** The votes that were cast here since they were last asked for; they go to all partitions. */
    List<RemovalVote> takeVotes() {
        List<RemovalVote> taken = List.copyOf(votes);
        votes.clear();
        return taken;
    }

    void deliver(RemovalVote vote) {
        differ.removalVote(vote);
    }

    /** What a row of tracking is about: its payload, or which record was removed. */
    static String text(Outcome outcome) {
        boolean removal = Arrays.equals(outcome.getFingerprint().bytes(), new byte[16]);
        return removal
                ? "delete " + outcome.getIdentifier()
                : StandardCharsets.UTF_8
                        .decode(outcome.getPayload().duplicate())
                        .toString();
    }

    /** Entries beside the accepted state, without the marks of a full sync and failing records. */
    int runEntries() {
        return runBytes.size() - entries((byte) 'F') - failingRecords();
    }

    /** How many records are remembered as failing. */
    int failingRecords() {
        return entries(ByteFailingRecords.KIND);
    }

    private int entries(byte kind) {
        AtomicInteger found = new AtomicInteger();
        runBytes.forEachPrefixed(new byte[] {kind}, (key, value) -> found.incrementAndGet());
        return found.get();
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
            diffError = ended.getError();
        }

        @Override
        public void removalVote(RunFacts run, RemovalVote vote) {
            votes.add(vote);
        }

        @Override
        public void reread(RunFacts run, RereadRun request) {
            assertThat(request.getSyncRunId()).isEqualTo(runId);
            assertThat(request.getAttemptId()).isEqualTo(attempt);
            ByteBuffer missed = request.getMissed().duplicate();
            askedAll = !missed.hasRemaining();
            while (missed.hasRemaining()) {
                asked.add(missed.getLong());
            }
            rereadWanted = true;
        }

        @Override
        public void absorbed(RunProgress run, LoadEnded ended) {
            absorbed = ended;
            counts = ended.getDiff();
            absorbedAs = run;
        }

        @Override
        public void quarantined(QuarantinedRecord record) {
            quarantined.put(record.getIdentifier(), record);
        }

        @Override
        public void leftQuarantine(long syncId, String identifier) {
            assertThat(quarantined.remove(identifier))
                    .as("only what was listed leaves the list")
                    .isNotNull();
        }

        @Override
        public void progress(RunFacts run, long records) {}
    }
}
