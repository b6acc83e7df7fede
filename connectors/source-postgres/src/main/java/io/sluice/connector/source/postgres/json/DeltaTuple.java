package io.sluice.connector.source.postgres.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The columns behind the payload in a tuple of a diff; absent ones are 0 or null.
 *
 * @param kind what the tuple is (smallint)
 * @param number a count (bigint)
 * @param identifier a removed record (text)
 * @param fingerprint the row's 16 bytes (bytea)
 */
@SuppressWarnings("ArrayRecordComponent") // read once, handed on
public record DeltaTuple(int kind, long number, String identifier, byte[] fingerprint) {

    /** Reads the columns at that place of a message. */
    public static DeltaTuple at(byte[] message, int offset) {
        int at = offset;
        int length = BigEndian.int32(message, at);
        int kind = BigEndian.int16(message, at + 4);
        at += 4 + length;
        length = BigEndian.int32(message, at);
        long number = length < 0 ? 0 : BigEndian.int64(message, at + 4);
        at += 4 + Math.max(length, 0);
        length = BigEndian.int32(message, at);
        String identifier = length < 0 ? null : new String(message, at + 4, length, StandardCharsets.UTF_8);
        at += 4 + Math.max(length, 0);
        length = BigEndian.int32(message, at);
        byte[] fingerprint = length < 0 ? null : Arrays.copyOfRange(message, at + 4, at + 4 + length);
        return new DeltaTuple(kind, number, identifier, fingerprint);
    }
}
