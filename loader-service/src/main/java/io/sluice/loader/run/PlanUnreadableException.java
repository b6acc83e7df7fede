package io.sluice.loader.run;

/** Whether a run has a plan cannot be told now; the message says why. */
public final class PlanUnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    public PlanUnreadableException(String message, Throwable cause) {
        super(message, cause);
    }
}
