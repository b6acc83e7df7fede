package io.sluice.connector.source;

import java.util.Objects;

/** What the destination's answer about one record means for the state. */
public sealed interface AcceptedChange {

    /** The record's identifier in its text form. */
    String identifier();

    /**
     * The record is there now, as the row with this fingerprint.
     *
     * @param fingerprint 16 bytes, as the delta row had them; null when nobody knows what the destination holds: the record
     *     is sent again, and a mirror still removes it
     */
    @SuppressWarnings("ArrayRecordComponent") // handed through, never compared
    record Stored(String identifier, byte[] fingerprint) implements AcceptedChange {
        public Stored {
            Objects.requireNonNull(identifier, "identifier");
        }
    }

    /** The record is not there any more. */
    record Dropped(String identifier) implements AcceptedChange {
        public Dropped {
            Objects.requireNonNull(identifier, "identifier");
        }
    }

    /**
     * Nobody knows what the destination holds of a record: if the state has it, it is sent again.
     *
     * @param fingerprint doubts the record only if the state has it with this fingerprint; null: in any case
     */
    @SuppressWarnings("ArrayRecordComponent") // handed through, never compared
    record Doubted(String identifier, byte[] fingerprint) implements AcceptedChange {
        public Doubted {
            Objects.requireNonNull(identifier, "identifier");
        }
    }
}
