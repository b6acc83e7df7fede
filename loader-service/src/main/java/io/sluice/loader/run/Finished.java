package io.sluice.loader.run;

import io.sluice.contract.OutcomesEvent;
import io.sluice.loader.position.PartitionPosition;
import java.util.List;

/**
 * A stretch of work that is done: its messages and its position belong into one transaction.
 *
 * @param messages what goes to the outcomes topic, in order
 * @param position everything before it is done once {@code messages} are written
 * @param progress how far runs are, to be told when the transaction is through
 * @param urgent whether somebody waits for it: the end of a run
 */
public record Finished(List<Message> messages, PartitionPosition position, List<Progress> progress, boolean urgent) {
    public Finished {
        messages = List.copyOf(messages);
        progress = List.copyOf(progress);
    }

    /** A message and its key, the sync id. */
    public record Message(String key, OutcomesEvent event) {}

    /**
     * Operations answered so far in a run and partition.
     *
     * @param last whether the run has ended here
     */
    public record Progress(long syncRunId, long answered, boolean last) {}
}
