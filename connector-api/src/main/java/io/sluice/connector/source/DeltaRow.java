package io.sluice.connector.source;

/**
 * One row of a diff.
 *
 * @param kind how it compares with the state
 * @param identifier text form, as {@link io.sluice.connector.source.SourceRow}'s; null only for {@link Kind#NULL_IDENTIFIER}
 * @param payload the row as JSON, as {@link io.sluice.connector.source.SourceRow}'s; null for {@link Kind#REMOVED}
 * @param fingerprint 16 bytes; null for {@link Kind#REMOVED}
 */
@SuppressWarnings("ArrayRecordComponent") // a hot path: one row, no copy; ownership passes to the receiver
public record DeltaRow(Kind kind, String identifier, byte[] payload, byte[] fingerprint) {

    /** How a row compares with the state. */
    public enum Kind {
        /** In the source, not in the state. */
        ADDED,
        /** In both, with another fingerprint. */
        CHANGED,
        /** In both, and wanted by a full sync whether it has changed or not. */
        RESENT,
        /**
         * In both and unchanged, but the state has its fingerprint in an earlier form of the connector: to be noted with the
         * one given here, and not sent. Not counted as given.
         */
        RESTATED,
        /** In the state, not in the source. */
        REMOVED,
        /** Invalid: it has no identifier (KEY-5). */
        NULL_IDENTIFIER,
        /** Invalid: another row has the same identifier (KEY-6). Its entry in the state stays as it is (KEY-9). */
        DUPLICATE_IDENTIFIER
    }
}
