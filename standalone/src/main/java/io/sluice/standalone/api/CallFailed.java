package io.sluice.standalone.api;

/** A call that was not answered with success; the message says which call, and what the server said. */
public final class CallFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    CallFailed(String message, int status) {
        super(message);
        this.status = status;
    }

    CallFailed(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
    }

    /** The HTTP status, or 0 when there was no answer. */
    public int status() {
        return status;
    }
}
