package io.sluice.connector;

import java.util.Objects;

/**
 * An error a person can act on.
 *
 * @param code stable, upper snake case, for example {@code AUTHENTICATION_FAILED}
 * @param fault whose turn it is to do something
 * @param message what is wrong and what to do; never contains a secret or a record's contents
 */
public record ConnectorError(String code, Fault fault, String message) {
    public ConnectorError {
        Objects.requireNonNull(fault, "fault");
        Objects.requireNonNull(message, "message");
        if (!code.matches("[A-Z][A-Z0-9_]*")) {
            throw new IllegalArgumentException("error code must be upper snake case: " + code);
        }
    }

    /** Whose fault an error is. */
    public enum Fault {
        /** Something the user configured is wrong: retrying does not help. */
        CONFIGURATION,
        /** The other system failed or refuses: retrying later may help. */
        EXTERNAL,
        /** A bug of the connector. */
        CONNECTOR
    }
}
