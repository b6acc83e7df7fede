package io.sluice.control.sync;

import io.sluice.operation.SyncBehavior;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the owner of a sync should know before it runs, though it is allowed (BEH-6, BEH-20). */
public final class SyncWarnings {

    private SyncWarnings() {}

    /** One sentence each; empty when there is nothing to say. */
    public static List<String> of(SyncDefinition definition) {
        List<String> warnings = new ArrayList<>();
        RunOptions options = definition.options().runs();
        if (definition.behavior() == SyncBehavior.DELETE) {
            warnings.add(
                    "This sync deletes from the destination every record whose identifier the source lists. Its first"
                            + " run must be triggered with confirm_removals=true.");
        }
        boolean removes = definition.behavior() == SyncBehavior.DELETE || definition.behavior() == SyncBehavior.MIRROR;
        if (removes && !options.guard().on()) {
            warnings.add(
                    "The removal guard is off: a source that is empty by accident removes everything that is synced.");
        }
        Optional<String> column = options.append().flatMap(RunOptions.Append::highWaterMarkColumn);
        column.ifPresent(name -> warnings.add(
                "Rows are found by the high-water mark on " + name + ": the newest value is always one run late, rows"
                        + " without a value are never sent, and rows that arrive with a value below the last mark "
                        + (options.append().orElseThrow().overlapSeconds() > 0
                                ? "are found only if they are less than high_water_mark_overlap_seconds late."
                                : "are never sent. high_water_mark_overlap_seconds reads a stretch again, without"
                                        + " sending anything twice.")));
        return List.copyOf(warnings);
    }
}
