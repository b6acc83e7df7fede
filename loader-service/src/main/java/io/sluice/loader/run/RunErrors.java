package io.sluice.loader.run;

import io.sluice.contract.StageError;

/** Errors that end a run in the loader: what is wrong, whose fault it is, what to do. */
final class RunErrors {

    private static final String CANCELED = "RUN_CANCELED";

    private RunErrors() {}

    static boolean isCanceled(StageError error) {
        return error.getCode().equals(CANCELED);
    }

    static StageError planMissing(long syncRunId) {
        return new StageError(
                "RUN_PLAN_MISSING",
                "The plan of sync run " + syncRunId
                        + " is not in Kafka, so nothing can be sent. This is Sluice's fault: trigger the sync again, and"
                        + " report it if it comes back.");
    }

    static StageError planUnreadable(String why) {
        return new StageError(
                "RUN_PLAN_UNREADABLE",
                "The run's plan could not be read from Kafka (" + why
                        + "), so nothing was sent. Trigger the sync again when Kafka is well.");
    }

    static StageError mappingInvalid(String what) {
        return new StageError(
                "MAPPING_INVALID", "The field mappings cannot be applied: " + what + ". Save the sync again.");
    }

    static StageError canceled(String reason) {
        return new StageError(
                CANCELED,
                (reason.isBlank() ? "The run was cancelled" : reason)
                        + ". What the destination accepted is kept; the rest is sent by the next run.");
    }

    static StageError notAnswering(int calls) {
        return new StageError(
                "DESTINATION_NOT_ANSWERING",
                "The destination left " + calls
                        + " calls in a row without an answer. Records without an answer are sent"
                        + " again by the next run; check that the destination is up and reachable.");
    }

    static StageError operationsMissing(long operations) {
        return new StageError(
                "OPERATIONS_MISSING",
                operations
                        + " planned operations never reached the loader: it was down for longer than Kafka keeps them, or"
                        + " messages were removed. The next run plans them again.");
    }

    static StageError parked() {
        return new StageError(
                "MESSAGE_PARKED",
                "A message of this run could not be read and was put aside in the topic sluice.parked. This is Sluice's"
                        + " fault: please report it. The next run sends what is missing.");
    }
}
