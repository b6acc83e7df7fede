package io.sluice.differ.kafka;

import io.sluice.contract.DiffEnded;
import io.sluice.contract.ExtractEnded;
import io.sluice.contract.LoadEnded;
import io.sluice.contract.OperationBatch;
import io.sluice.contract.OperationsEvent;
import io.sluice.contract.OutcomeBatch;
import io.sluice.contract.OutcomesEvent;
import io.sluice.contract.PartitionEnded;
import io.sluice.contract.QuarantineKey;
import io.sluice.contract.QuarantinedRecord;
import io.sluice.contract.RecordBatch;
import io.sluice.contract.RemovalVote;
import io.sluice.contract.RereadRun;
import io.sluice.contract.RunCommand;
import io.sluice.contract.RunEvent;
import io.sluice.contract.RunPlan;
import io.sluice.contract.RunStarted;
import io.sluice.contract.SourceRecordsEvent;
import io.sluice.contract.Stage;
import io.sluice.contract.StageProgress;
import io.sluice.contract.Topics;
import io.sluice.differ.diff.DiffOutput;
import io.sluice.differ.diff.PartitionDiffer;
import io.sluice.differ.diff.RunFacts;
import io.sluice.differ.diff.RunProgress;
import io.sluice.differ.state.ByteAcceptedState;
import io.sluice.differ.state.ByteFailingRecords;
import io.sluice.differ.state.ByteRunStore;
import java.util.Optional;
import java.util.function.LongFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the messages of one partition to its {@link PartitionDiffer} and its results to the sinks. What ends a stage of a run
 * is committed at once, so that small runs do not wait for the commit interval.
 */
final class DifferProcessor implements Processor<String, SpecificRecord, String, Routed> {
    private static final Logger LOG = LoggerFactory.getLogger(DifferProcessor.class);
    private static final long PROGRESS_EVERY_MS = 500;

    private final LongFunction<Optional<RunPlan>> plans;
    private final DifferMeters meters;
    private final int partitions;
    private ProcessorContext<String, Routed> context;
    private StreamsByteStore accepted;
    private StreamsByteStore runs;
    private PartitionDiffer differ;
    private int partition;

    DifferProcessor(LongFunction<Optional<RunPlan>> plans, DifferMeters meters, int partitions) {
        this.plans = plans;
        this.meters = meters;
        this.partitions = partitions;
    }

    @Override
    public void init(ProcessorContext<String, Routed> processorContext) {
        context = processorContext;
        partition = processorContext.taskId().partition();
        accepted = new StreamsByteStore(processorContext.getStateStore(DifferTopology.ACCEPTED_STORE));
        runs = new StreamsByteStore(processorContext.getStateStore(DifferTopology.RUNS_STORE));
        differ = new PartitionDiffer(
                new ByteAcceptedState(accepted),
                new ByteRunStore(runs),
                new ByteFailingRecords(runs),
                new Output(),
                partition,
                partitions);
    }

    @Override
    public void process(Record<String, SpecificRecord> message) {
        switch (message.value()) {
            case SourceRecordsEvent event -> sourceRecords(event.getEvent());
            case OutcomesEvent event -> outcomes(Long.parseLong(message.key()), event.getEvent());
            case null, default -> LOG.warn("ignored a message of no known kind in partition {}", partition);
        }
        accepted.flush();
        runs.flush();
    }

    private void sourceRecords(Object event) {
        switch (event) {
            case RunStarted started -> runStarted(started);
            case RecordBatch batch -> {
                meters.compared(batch.getRowCount());
                differ.records(batch);
            }
            case ExtractEnded ended -> {
                differ.extractEnded(ended);
                context.commit();
            }
            case RemovalVote vote -> {
                differ.removalVote(vote);
                context.commit();
            }
            default ->
                LOG.warn("ignored {} among source records", event.getClass().getSimpleName());
        }
    }

    private void runStarted(RunStarted started) {
        Optional<RunPlan> plan = plans.apply(started.getSyncRunId());
        if (plan.isPresent()) {
            differ.runStarted(PlanFacts.facts(plan.get()), started, PlanFacts.expectation(plan.get()));
        } else {
            // without a plan there is no destination to tell; the control plane's own deadline reports such a run
            LOG.error("sync run {} has no plan, its records are ignored", started.getSyncRunId());
        }
    }

    private void outcomes(long syncId, Object event) {
        switch (event) {
            case OutcomeBatch batch -> differ.outcomes(syncId, batch);
            case LoadEnded ended -> {
                differ.loadEnded(ended);
                context.commit();
            }
            case RunStarted ignored -> LOG.debug("run {} opened downstream", ignored.getSyncRunId());
            default -> LOG.warn("ignored {} among outcomes", event.getClass().getSimpleName());
        }
    }

    /** Forwards to the sink; everything of one message is part of the same transaction as its state. */
    private final class Output implements DiffOutput {
        private long lastProgressAt;

        @Override
        public void runStarted(RunFacts run, RunStarted started) {
            send(run, Topics.operations(run.destinationId()), new OperationsEvent(started));
            send(run, Topics.OUTCOMES, new OutcomesEvent(started));
        }

        @Override
        public void operations(RunFacts run, OperationBatch batch) {
            meters.planned(batch.getOperations().size());
            send(run, Topics.operations(run.destinationId()), new OperationsEvent(batch));
        }

        @Override
        public void invalid(RunFacts run, OutcomeBatch batch) {
            meters.invalid(batch.getOutcomes().size());
            send(run, Topics.OUTCOMES, new OutcomesEvent(batch));
        }

        @Override
        public void diffEnded(RunFacts run, DiffEnded ended) {
            send(run, Topics.operations(run.destinationId()), new OperationsEvent(ended));
            lastProgressAt = 0;
        }

        @Override
        public void removalVote(RunFacts run, RemovalVote vote) {
            for (int to = 0; to < partitions; to++) {
                forward(run.syncId(), new Routed(Topics.SOURCE_RECORDS, to, new SourceRecordsEvent(vote)));
            }
        }

        @Override
        public void reread(RunFacts run, RereadRun request) {
            // without a partition of its own: the key decides, as it did for the command that started the run
            forward(run.syncId(), new Routed(Topics.RUN_COMMANDS, -1, new RunCommand(request)));
        }

        @Override
        public void absorbed(RunProgress run, LoadEnded ended) {
            tell(
                    run.facts(),
                    PartitionEnded.newBuilder()
                            .setSyncRunId(ended.getSyncRunId())
                            .setStage(Stage.DIFF)
                            .setPartition(partition)
                            .setState(ended.getState())
                            .setDiff(ended.getDiff())
                            .setLoad(ended.getLoad())
                            .setError(ended.getError())
                            .setHighWaterMark(run.highWaterMark().orElse(null))
                            .setAdded(run.counts().added())
                            .setQuarantined(run.counts().quarantined())
                            .setStateLost(run.facts().start() == RunFacts.Start.STATE_LOST)
                            .build());
        }

        @Override
        public void quarantined(QuarantinedRecord record) {
            listing(record.getSyncId(), record.getIdentifier(), record);
        }

        @Override
        public void leftQuarantine(long syncId, String identifier) {
            listing(syncId, identifier, null);
        }

        /** A record's entry in the list of quarantined ones, or null when it has none any more. */
        private void listing(long syncId, String identifier, QuarantinedRecord entry) {
            forward(new QuarantineKey(syncId, identifier).text(), new Routed(Topics.QUARANTINE, -1, entry));
        }

        @Override
        public void progress(RunFacts run, long records) {
            long now = context.currentSystemTimeMs();
            if (now - lastProgressAt >= PROGRESS_EVERY_MS) {
                lastProgressAt = now;
                tell(run, new StageProgress(run.syncRunId(), Stage.DIFF, partition, records, null));
            }
        }

        private void send(RunFacts run, String topic, SpecificRecord value) {
            forward(run.syncId(), new Routed(topic, partition, value));
        }

        private void forward(long key, Routed routed) {
            forward(Long.toString(key), routed);
        }

        private void forward(String key, Routed routed) {
            context.forward(new Record<>(key, routed, context.currentSystemTimeMs()));
        }

        private void tell(RunFacts run, SpecificRecord event) {
            forward(run.syncRunId(), new Routed(Topics.RUN_EVENTS, -1, new RunEvent(event)));
        }
    }
}
