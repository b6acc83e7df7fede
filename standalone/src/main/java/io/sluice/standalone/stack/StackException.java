package io.sluice.standalone.stack;

import java.io.Serial;

/** The stack cannot start. The message is one line for the person at the terminal: what is wrong and what to do. */
public final class StackException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** What is wrong, and what to do. */
    public StackException(String message) {
        super(message);
    }

    /** What is wrong and what to do, and the technical reason. */
    public StackException(String message, Throwable cause) {
        super(message, cause);
    }
}
