package io.sluice.connector;

/**
 * A connection, permission or server-wide failure: the sync run fails with {@link #error()} (requirement PM-6).
 * Failures of single records are results, never exceptions.
 */
public final class ConnectorException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ConnectorError error;

    public ConnectorException(ConnectorError error) {
        super(error.code() + ": " + error.message());
        this.error = error;
    }

    public ConnectorException(ConnectorError error, Throwable cause) {
        super(error.code() + ": " + error.message(), cause);
        this.error = error;
    }

    /** What to tell the user. */
    public ConnectorError error() {
        return error;
    }
}
