package io.sluice.loader.dispatch;

/** The work was dropped unfinished on request: its partition has moved, or the process stops. Not an error. */
public final class AbandonedException extends Exception {
    private static final long serialVersionUID = 1L;

    public AbandonedException() {
        super("abandoned on request", null, false, false);
    }
}
