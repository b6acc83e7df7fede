package io.sluice.standalone.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compares what a run did with what it should have done. */
final class RunCheck {
    private RunCheck() {}

    /**
     * Everything that differs, one sentence each; empty when all is as it should be.
     *
     * @param expected the model's counters
     * @param actual the API's counters
     * @param shouldHold rows that the destination must hold
     * @param holds rows that it holds
     * @param tracked rows in the run's tracking files by status
     */
    static List<String> differences(
            RunCounts expected, RunCounts actual, List<Row> shouldHold, List<Row> holds, Map<String, Long> tracked) {
        List<String> differences = new ArrayList<>();
        if (!expected.equals(actual)) {
            differences.add("the counters are " + actual + ", but should be " + expected);
        }
        if (!shouldHold.equals(holds)) {
            differences.add("the destination holds " + holds.size() + " rows, of which "
                    + missing(shouldHold, holds) + " expected ones are missing or differ (should be "
                    + shouldHold.size() + " rows)");
        }
        check(differences, "accepted", expected.accepted(), tracked.getOrDefault("succeeded", 0L));
        check(differences, "rejected", expected.rejected(), tracked.getOrDefault("rejected", 0L));
        check(
                differences,
                "invalid",
                expected.invalid(),
                tracked.getOrDefault("NULL", 0L) + tracked.getOrDefault("DUPLICATE", 0L));
        return differences;
    }

    private static long missing(List<Row> shouldHold, List<Row> holds) {
        List<Row> missing = new ArrayList<>(shouldHold);
        missing.removeAll(new java.util.HashSet<>(holds));
        return missing.size();
    }

    private static void check(List<String> differences, String kind, long expected, long tracked) {
        if (expected != tracked) {
            differences.add(
                    "the tracking files have " + tracked + " " + kind + " records, but should have " + expected);
        }
    }
}
