package io.sluice.mapping.engine.liquid;

/** A template could not be rendered for one record; the message says why and holds nothing of the record. */
public final class RenderException extends Exception {
    private static final long serialVersionUID = 1L;

    RenderException(String message) {
        super(message, null, false, false);
    }
}
