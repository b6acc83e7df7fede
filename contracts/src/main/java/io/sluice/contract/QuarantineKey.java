package io.sluice.contract;

import java.util.Optional;

/**
 * Key of a record in the topic {@link Topics#QUARANTINE}.
 *
 * @param syncId the sync
 * @param identifier text form of the primary identifier
 */
public record QuarantineKey(long syncId, String identifier) {
    private static final char SEPARATOR = ':';

    /** Reads a key; empty when it is none. */
    public static Optional<QuarantineKey> parse(String text) {
        int end = text == null ? -1 : text.indexOf(SEPARATOR);
        if (end < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new QuarantineKey(Long.parseLong(text, 0, end, 10), text.substring(end + 1)));
        } catch (NumberFormatException noSync) {
            return Optional.empty();
        }
    }

    /** The key as it is sent: sync id, a colon, and the identifier. */
    public String text() {
        return syncId + String.valueOf(SEPARATOR) + identifier;
    }
}
