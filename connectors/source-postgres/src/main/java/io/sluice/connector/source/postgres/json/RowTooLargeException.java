package io.sluice.connector.source.postgres.json;

/** The JSON of one row does not fit into an array (2 GiB). */
public final class RowTooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RowTooLargeException() {
        super("the JSON of one row exceeds 2 GiB");
    }
}
