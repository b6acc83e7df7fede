package io.sluice.loader.run;

import io.sluice.loader.dispatch.Dispatcher;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * What the partitions of a lane share.
 *
 * @param runs the runs that are open anywhere in the lane
 * @param cancellations which runs a user has cancelled
 * @param tools what dispatchers need
 * @param callers runs calls that go side by side
 * @param metrics told what happens
 * @param partitionsHeld how many partitions this replica holds now: they share the connection's calls
 * @param maximumStretchBytes a stretch with more payload is sent at once: bounds memory
 * @param stopping whether this partition's work must be dropped
 */
public record LaneContext(
        RunBook runs,
        Cancellations cancellations,
        Dispatcher.Tools tools,
        ExecutorService callers,
        LoadMetrics metrics,
        IntSupplier partitionsHeld,
        long maximumStretchBytes,
        BooleanSupplier stopping) {

    /** Operations a partition takes in hand before it knows any run's batch size. */
    private static final int MINIMUM_APPETITE = 2_000;

    int minimumAppetite() {
        return MINIMUM_APPETITE;
    }

    /** How many calls one partition may have under way when the connection allows {@code overall}. */
    int callsPerPartition(int overall) {
        int partitions = Math.max(1, partitionsHeld.getAsInt());
        return Math.max(1, Math.ceilDiv(overall, partitions));
    }

    /** The same for one partition, which stops on its own. */
    public LaneContext stoppedBy(BooleanSupplier stop) {
        return new LaneContext(runs, cancellations, tools, callers, metrics, partitionsHeld, maximumStretchBytes, stop);
    }
}
