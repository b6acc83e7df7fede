package io.sluice.tracking.run;

import io.sluice.bucket.StorageException;
import io.sluice.contract.RunPlan;
import io.sluice.tracking.file.TrackingFileEncoder;
import io.sluice.tracking.ledger.FileSequence;
import io.sluice.tracking.ledger.PlannedFile;
import io.sluice.tracking.partition.RunFiles;
import io.sluice.tracking.partition.RunPlanMissingException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** The folders of runs, as the partitions of one process share them. Used by one thread. */
public final class RunFolders {
    /** More runs than are open at once in any one process; each costs some 50 bytes. */
    private static final int REMEMBERED = 10_000;

    private final RunStores stores;
    private final RunPlanSource plans;
    private final TrackingFileEncoder encoder;
    private final FileListener listener;
    private final Clock clock;
    private final Map<Long, Begun> begun = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Begun> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Begun(RunPlan plan, RunFolder folder) {}

    public RunFolders(
            RunStores stores, RunPlanSource plans, TrackingFileEncoder encoder, FileListener listener, Clock clock) {
        this.stores = stores;
        this.plans = plans;
        this.encoder = encoder;
        this.listener = listener;
        this.clock = clock;
    }

    /** The folders as one partition sees them. */
    public RunFiles ofPartition(FileNumbers numbers) {
        return new OfPartition(numbers);
    }

    private Begun run(long syncRunId) throws StorageException, RunPlanMissingException {
        Begun known = begun.get(syncRunId);
        if (known != null) {
            return known;
        }
        RunPlan plan = plans.find(syncRunId).orElseThrow(() -> new RunPlanMissingException(syncRunId));
        Begun run = new Begun(plan, RunFolder.of(plan));
        // written once: a later version of this service must not change what an earlier one said (TRK-30)
        stores.of(plan).putOnce(run.folder(), run.folder().metadataKey(), RunMetadata.document(plan));
        begun.put(syncRunId, run);
        return run;
    }

    private final class OfPartition implements RunFiles {
        private final FileNumbers numbers;

        OfPartition(FileNumbers numbers) {
            this.numbers = numbers;
        }

        @Override
        public void begin(long syncRunId) throws StorageException, RunPlanMissingException {
            run(syncRunId);
        }

        @Override
        public FileSequence sequence(long syncRunId) throws StorageException, RunPlanMissingException {
            Begun run = run(syncRunId);
            RunStore.Keys keys = stores.of(run.plan()).keys(run.folder());
            FileSequence following = numbers.following(run.folder(), keys.known());
            // the bucket cannot be asked: numbers begin where no file of an earlier owner can be (docs/adr/0141)
            return keys.whole() ? following : FileNumbers.beyond(following, clock.instant());
        }

        @Override
        public void write(PlannedFile file) throws StorageException, RunPlanMissingException {
            Begun run = run(file.syncRunId());
            RunFolder folder = run.folder();
            ByteBuffer content = encoder.encode(folder.syncId(), folder.syncRunId(), file.rows());
            int bytes = content.remaining();
            String key = folder.fileKey(file.type(), numbers.number(file.sequence()));
            stores.of(run.plan()).put(folder, key, content);
            listener.written(file.type(), file.rows().size(), bytes);
        }
    }
}
