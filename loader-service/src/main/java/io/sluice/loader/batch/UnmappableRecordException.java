package io.sluice.loader.batch;

/** A record cannot be made into what its destination takes. The message is the reason: a stable code, then words. */
public sealed class UnmappableRecordException extends Exception permits UnreadablePayloadException {
    private static final long serialVersionUID = 1L;

    UnmappableRecordException(String reason) {
        super(reason, null, false, false);
    }
}
