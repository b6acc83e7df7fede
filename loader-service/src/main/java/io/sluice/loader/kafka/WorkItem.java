package io.sluice.loader.kafka;

import io.sluice.contract.Operation;
import io.sluice.contract.OperationBatch;
import io.sluice.contract.OperationsEvent;

/** What a lane hands to a partition's worker. */
sealed interface WorkItem {

    /** Where it stands in the partition. */
    long offset();

    /** How many operations it holds. */
    int operations();

    /** How much payload it holds. */
    long bytes();

    /** A message. */
    record Message(long offset, String key, OperationsEvent event, int operations, long bytes) implements WorkItem {
        static Message of(long offset, String key, OperationsEvent event) {
            if (!(event.getEvent() instanceof OperationBatch batch)) {
                return new Message(offset, key, event, 0, 0);
            }
            long bytes = 0;
            for (Operation operation : batch.getOperations()) {
                bytes += operation.getPayload().remaining();
            }
            return new Message(offset, key, event, batch.getOperations().size(), bytes);
        }
    }

    /** The place of a message that was parked; its key may be unreadable, then it is null. */
    record Parked(long offset, String key) implements WorkItem {
        @Override
        public int operations() {
            return 0;
        }

        @Override
        public long bytes() {
            return 0;
        }
    }
}
