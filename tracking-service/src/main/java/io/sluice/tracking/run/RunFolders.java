package io.sluice.tracking.run;

import io.sluice.bucket.BucketStorage;
import io.sluice.bucket.StorageException;
import io.sluice.contract.RunPlan;
import io.sluice.tracking.file.TrackingFileEncoder;
import io.sluice.tracking.ledger.FileSequence;
import io.sluice.tracking.ledger.PlannedFile;
import io.sluice.tracking.partition.RunFiles;
import io.sluice.tracking.partition.RunPlanMissingException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The run folders of a bucket, as the partitions of one process share them. Used by one thread. */
public final class RunFolders {
    /** More runs than are open at once in any one process; each costs some 50 bytes. */
    private static final int REMEMBERED = 10_000;

    private final BucketStorage storage;
    private final RunPlanSource plans;
    private final TrackingFileEncoder encoder;
    private final FileListener listener;
    private final Map<Long, RunFolder> begun = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, RunFolder> eldest) {
            return size() > REMEMBERED;
        }
    };

    public RunFolders(BucketStorage storage, RunPlanSource plans, TrackingFileEncoder encoder, FileListener listener) {
        this.storage = storage;
        this.plans = plans;
        this.encoder = encoder;
        this.listener = listener;
    }

    /** The folders as one partition sees them. */
    public RunFiles ofPartition(FileNumbers numbers) {
        return new OfPartition(numbers);
    }

    private RunFolder folder(long syncRunId) throws StorageException, RunPlanMissingException {
        RunFolder known = begun.get(syncRunId);
        if (known != null) {
            return known;
        }
        RunPlan plan = plans.find(syncRunId).orElseThrow(() -> new RunPlanMissingException(syncRunId));
        RunFolder folder = RunFolder.of(plan);
        // written once: a later version of this service must not change what an earlier one said (TRK-30)
        if (!storage.exists(folder.metadataKey())) {
            storage.put(folder.metadataKey(), RunMetadata.document(plan));
        }
        begun.put(syncRunId, folder);
        return folder;
    }

    private final class OfPartition implements RunFiles {
        private final FileNumbers numbers;

        OfPartition(FileNumbers numbers) {
            this.numbers = numbers;
        }

        @Override
        public void begin(long syncRunId) throws StorageException, RunPlanMissingException {
            folder(syncRunId);
        }

        @Override
        public FileSequence sequence(long syncRunId) throws StorageException, RunPlanMissingException {
            RunFolder folder = folder(syncRunId);
            List<String> keys = storage.list(folder.prefix());
            return numbers.following(folder, keys);
        }

        @Override
        public void write(PlannedFile file) throws StorageException, RunPlanMissingException {
            RunFolder folder = folder(file.syncRunId());
            ByteBuffer content = encoder.encode(folder.syncId(), folder.syncRunId(), file.rows());
            int bytes = content.remaining();
            storage.put(folder.fileKey(file.type(), numbers.number(file.sequence())), content);
            listener.written(file.type(), file.rows().size(), bytes);
        }
    }
}
