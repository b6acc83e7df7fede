package io.sluice.embedded;

import java.io.Serial;

/**
 * A part could not be started, reached or stopped. The message is one sentence for the person at the terminal: what
 * failed and where to look.
 */
public class PartException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** What failed, and what to do. */
    public PartException(String message) {
        super(message);
    }

    /** What failed, and the technical reason. */
    public PartException(String message, Throwable cause) {
        super(message, cause);
    }
}
