package io.sluice.loader.run;

/** Makes the metrics of a lane. */
@FunctionalInterface
public interface LoadMetricsFactory {

    /** The metrics of the lane of that destination. */
    LoadMetrics ofLane(long destinationId, String type);
}
