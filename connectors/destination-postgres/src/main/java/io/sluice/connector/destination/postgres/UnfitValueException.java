package io.sluice.connector.destination.postgres;

/** A value that cannot go into its column and that the server would not refuse by itself. Its text is the reason. */
final class UnfitValueException extends Exception {
    private static final long serialVersionUID = 1L;

    UnfitValueException(String reason) {
        super(reason, null, false, false);
    }
}
