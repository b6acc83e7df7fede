package io.sluice.connector.source.postgres.json;

/** Turns values of one PostgreSQL type from their binary form into JSON. Stateless. */
@FunctionalInterface
public interface ValueEncoder {

    /** Appends the JSON form of the value at {@code source[offset, offset + length)}. */
    void encode(byte[] source, int offset, int length, JsonBuffer out);

    /**
     * The text form of a value used as primary identifier: its JSON form without the quotes.
     *
     * @param from where {@link #encode} began to write this value; it ends at the buffer's end
     */
    default String identifier(byte[] source, int offset, int length, JsonBuffer out, int from) {
        return out.bytes[from] == '"' ? out.ascii(from + 1, out.size - 1) : out.ascii(from, out.size);
    }
}
