package io.sluice.loader.batch;

/** A record's payload is not the JSON object it should be. Holds nothing of its contents. */
public final class UnreadablePayloadException extends UnmappableRecordException {
    private static final long serialVersionUID = 1L;

    UnreadablePayloadException(String message) {
        super("PAYLOAD_UNREADABLE: " + message);
    }
}
