package io.sluice.loader.batch;

/** A run's field mappings cannot be applied by this loader; the message says which and why. */
public final class MappingException extends Exception {
    private static final long serialVersionUID = 1L;

    MappingException(String message) {
        super(message);
    }
}
