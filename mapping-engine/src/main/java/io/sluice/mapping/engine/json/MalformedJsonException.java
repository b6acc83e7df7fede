package io.sluice.mapping.engine.json;

/** A text is not the JSON it should be. Says where, and holds nothing of its contents. Cheap: it has no stack trace. */
public final class MalformedJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedJsonException(String message) {
        super(message, null, false, false);
    }
}
