package io.sluice.standalone.demo;

import java.io.Serial;

/** The demo cannot go on; the message is one line that says why. */
public final class DemoException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Why the demo cannot go on. */
    public DemoException(String message) {
        super(message);
    }

    /** Why the demo cannot go on, and the technical reason. */
    public DemoException(String message, Throwable cause) {
        super(message, cause);
    }
}
