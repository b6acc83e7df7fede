package io.sluice.mapping.engine.cast;

/** A value does not fit its field. The message begins with a stable code and holds nothing of the value. */
public final class CastException extends Exception {
    private static final long serialVersionUID = 1L;

    CastException(String message) {
        super(message, null, false, false);
    }
}
