package io.sluice.loader.batch;

import io.sluice.contract.Operation;
import io.sluice.contract.PlannedOperation;
import io.sluice.operation.OperationKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Collects a stretch of one run's operations and cuts it into destination batches: one kind each, no longer than the batch
 * size, each identifier at most once in the whole stretch. So the batches of a stretch may be sent in any order, or side
 * by side, and operations on one identifier still reach the destination as planned (ENG-16). Not thread-safe.
 */
public final class BatchBuilder {
    private final int batchSize;
    private final int capacity;
    private final long maximumBytes;
    private final Set<String> identifiers = new HashSet<>();
    private final Set<PlannedOperation> kinds = EnumSet.noneOf(PlannedOperation.class);
    private List<Operation> operations = new ArrayList<>();
    private long bytes;

    /**
     * Makes an empty builder.
     *
     * @param batchSize most operations per destination call, at least 1 (ENG-8)
     * @param batches how many batches a stretch may have, at least 1
     * @param maximumBytes a stretch with more payload than this takes no further operation: bounds memory
     */
    public BatchBuilder(int batchSize, int batches, long maximumBytes) {
        if (batchSize < 1 || batches < 1) {
            throw new IllegalArgumentException("batch size and number of batches are at least 1");
        }
        this.batchSize = batchSize;
        this.capacity = (int) Math.min(Integer.MAX_VALUE, (long) batchSize * batches);
        this.maximumBytes = maximumBytes;
    }

    /**
     * Takes an operation.
     *
     * @return false when the stretch is full or already holds this identifier: {@link #drain} first, then offer it again
     */
    public boolean offer(Operation operation) {
        if (isFull() || !identifiers.add(operation.getIdentifier())) {
            return false;
        }
        operations.add(operation);
        kinds.add(operation.getKind());
        bytes += operation.getPayload().remaining();
        return true;
    }

    /** Whether no further operation fits. */
    public boolean isFull() {
        return operations.size() >= capacity || bytes >= maximumBytes;
    }

    /** Whether nothing has been taken since the last drain. */
    public boolean isEmpty() {
        return operations.isEmpty();
    }

    /** The batches of this stretch; the builder is empty afterwards. */
    public List<KindBatch> drain() {
        List<KindBatch> batches = new ArrayList<>();
        byKind().forEach((kind, ofKind) -> {
            for (int from = 0; from < ofKind.size(); from += batchSize) {
                List<Operation> cut = ofKind.subList(from, Math.min(ofKind.size(), from + batchSize));
                batches.add(new KindBatch(kind(kind), cut));
            }
        });
        operations = new ArrayList<>(operations.size());
        identifiers.clear();
        kinds.clear();
        bytes = 0;
        return batches;
    }

    /** Nearly always all are of one kind: then nothing is copied. */
    private Map<PlannedOperation, List<Operation>> byKind() {
        if (kinds.size() == 1) {
            return Map.of(kinds.iterator().next(), operations);
        }
        Map<PlannedOperation, List<Operation>> byKind = new LinkedHashMap<>();
        for (Operation operation : operations) {
            byKind.computeIfAbsent(operation.getKind(), kind -> new ArrayList<>())
                    .add(operation);
        }
        return byKind;
    }

    private static OperationKind kind(PlannedOperation planned) {
        return switch (planned) {
            case UPSERT -> OperationKind.UPSERT;
            case UPDATE -> OperationKind.UPDATE;
            case INSERT -> OperationKind.INSERT;
            case APPEND -> OperationKind.APPEND;
            case DELETE -> OperationKind.DELETE;
        };
    }
}
