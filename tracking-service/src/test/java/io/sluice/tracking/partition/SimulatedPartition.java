package io.sluice.tracking.partition;

import io.sluice.contract.LoadEnded;
import io.sluice.tracking.ledger.Checkpoint;
import io.sluice.tracking.ledger.CheckpointCodec;
import io.sluice.tracking.ledger.CutPolicy;
import io.sluice.tracking.ledger.FileSequence;
import io.sluice.tracking.ledger.PlannedFile;
import io.sluice.tracking.ledger.RunProgress;
import io.sluice.tracking.row.BatchType;
import io.sluice.tracking.row.TrackedRow;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Broker, bucket and run events of one partition, as they survive any crash of an owner. Owners are told apart by epoch. */
final class SimulatedPartition {

    record FileName(long run, BatchType type, int sequence) {}

    private final CheckpointCodec codec = new CheckpointCodec(4000);
    private final Map<FileName, List<TrackedRow>> files = new HashMap<>();
    private final Map<Long, Integer> ends = new HashMap<>();
    private final Map<Long, Long> progress = new HashMap<>();
    private final Set<Long> metadata = new HashSet<>();
    private int epoch;
    private long committed;
    private String checkpoint = "";

    Map<FileName, List<TrackedRow>> files() {
        return files;
    }

    Set<Long> metadata() {
        return metadata;
    }

    long committed() {
        return committed;
    }

    int endsOf(long run) {
        return ends.getOrDefault(run, 0);
    }

    long progressOf(long run) {
        return progress.getOrDefault(run, 0L);
    }

    /** A new owner, who fences the earlier ones. */
    PartitionTracker takeOver(CutPolicy policy, Faults faults, Clock clock) {
        epoch++;
        Owner owner = new Owner(epoch, faults);
        return new PartitionTracker(policy, codec.decode(committed, checkpoint), owner, owner, owner, clock);
    }

    private final class Owner implements Checkpoints, RunFiles, Announcements {
        private final int mine;
        private final Faults faults;

        Owner(int mine, Faults faults) {
            this.mine = mine;
            this.faults = faults;
        }

        @Override
        public void commit(Checkpoint next, Set<Long> needed) {
            faults.around(() -> {
                if (mine != epoch) {
                    throw new Faults.Failure();
                }
                committed = next.position();
                checkpoint = codec.encode(next, needed);
            });
        }

        @Override
        public void begin(long run) {
            faults.around(() -> metadata.add(run));
        }

        @Override
        public FileSequence sequence(long run) {
            FileSequence[] found = {FileSequence.START};
            faults.around(() -> files.keySet().stream()
                    .filter(name -> name.run() == run)
                    .forEach(name -> found[0] = found[0].atLeast(name.type(), name.sequence())));
            return found[0];
        }

        @Override
        public void write(PlannedFile file) {
            faults.around(() -> {
                FileName name = new FileName(file.syncRunId(), file.type(), file.sequence());
                List<TrackedRow> there = files.putIfAbsent(name, file.rows());
                if (there != null && !there.equals(file.rows())) {
                    throw new AssertionError(name + " changes from " + there.size() + " to "
                            + file.rows().size() + " rows");
                }
            });
        }

        @Override
        public void announce(List<RunProgress> runs, List<LoadEnded> ended) {
            faults.around(() -> {
                runs.forEach(run -> progress.merge(run.syncRunId(), run.rows(), Math::max));
                ended.forEach(end -> ends.merge(end.getSyncRunId(), 1, Integer::sum));
            });
        }
    }
}
