package io.sluice.control.run;

/**
 * How far each stage is, as totals that never fall while a run is active (a redo after a crash counts from the start
 * again, and is not shown).
 *
 * @param extracted rows read from the source
 * @param compared rows compared with the state
 * @param loaded operations the destination answered
 * @param tracked rows written to tracking files
 */
public record RunProgress(long extracted, long compared, long loaded, long tracked) {
    /** Nothing yet. */
    public static final RunProgress NONE = new RunProgress(0, 0, 0, 0);

    /** Progress of one stage. */
    public static RunProgress of(StageReport.Kind stage, long records) {
        return switch (stage) {
            case EXTRACT -> new RunProgress(records, 0, 0, 0);
            case DIFF -> new RunProgress(0, records, 0, 0);
            case LOAD -> new RunProgress(0, 0, records, 0);
            case TRACK -> new RunProgress(0, 0, 0, records);
        };
    }

    /** Both together. */
    public RunProgress plus(RunProgress other) {
        return new RunProgress(
                extracted + other.extracted, compared + other.compared, loaded + other.loaded, tracked + other.tracked);
    }

    /** The step to show for an active run (census-api 3.2). */
    public String step(boolean partitionEnded) {
        if (partitionEnded) {
            return "Committing sync to warehouse";
        }
        if (loaded > 0) {
            return "Loading data into destination service";
        }
        if (extracted > 0 || compared > 0) {
            return "Unloading data from warehouse";
        }
        return "Checking source and destination configuration";
    }
}
