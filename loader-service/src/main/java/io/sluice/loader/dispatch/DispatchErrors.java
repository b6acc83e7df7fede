package io.sluice.loader.dispatch;

import io.sluice.connector.ConnectorError;
import io.sluice.contract.StageError;

/** Errors that end a run while it is loaded: what is wrong, whose fault it is, what to do. Never record contents. */
public final class DispatchErrors {

    private DispatchErrors() {}

    /** The connector says what it means that the destination stayed away; the engine adds how hard it tried. */
    static StageError unavailable(ConnectorError error, String reason, int retries) {
        return new StageError(
                error.code(),
                error.message() + " Given up after " + retries + " retries; the last answer was: " + reason
                        + ". What it accepted is kept; the rest is sent by the next run.");
    }

    /** The same for a destination that could not even be opened. */
    public static StageError neverOpened(ConnectorError error, int retries) {
        return new StageError(
                error.code(),
                error.message() + " Given up after " + retries
                        + " retries. What was accepted before is kept; the rest is sent by the next run.");
    }

    static StageError notAnswering(String reason) {
        return new StageError(
                "DESTINATION_NOT_ANSWERING",
                "The destination did not answer in time, again and again: " + reason
                        + ". Records without an answer are sent again by the next run.");
    }

    /** The connector threw, or answered with nothing: names the class of the problem, not its text. */
    public static StageError connectorBug(String what) {
        return new StageError(
                "CONNECTOR_BUG",
                "The destination's connector broke (" + what
                        + "). This is a bug of the connector, not of your data: please report it with the loader's log.");
    }
}
