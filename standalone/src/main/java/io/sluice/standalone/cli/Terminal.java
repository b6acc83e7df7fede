package io.sluice.standalone.cli;

import io.sluice.standalone.stack.Reporter;
import java.io.PrintStream;

/**
 * Tells a person at a terminal what goes on, on standard error: steps only when somebody watches, problems always.
 * Standard output is kept for results.
 */
final class Terminal implements Reporter {
    private final PrintStream err;
    private final boolean watched;

    Terminal(PrintStream err, boolean watched) {
        this.err = err;
        this.watched = watched;
    }

    static Terminal ofThisProcess() {
        return new Terminal(System.err, isWatched());
    }

    static boolean isWatched() {
        return System.console() != null && System.console().isTerminal();
    }

    @Override
    public void step(String text) {
        if (watched) {
            err.println("sluice: " + text);
        }
    }

    @Override
    public void problem(String text) {
        err.println("sluice: " + text);
    }
}
