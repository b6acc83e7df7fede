package io.sluice.connector.source.postgres.json;

import io.sluice.connector.source.SourceRow;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Turns the messages of one binary {@code COPY … TO STDOUT} into rows. Used by one thread, for one COPY, in order: the
 * first message begins with the header.
 */
public final class RowEncoder {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0};
    /** Signature, flags, length of the header's extension. */
    private static final int HEADER = SIGNATURE.length + 8;

    private static final short TRAILER = -1;
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private final byte[][] prefixes;
    private final ValueEncoder[] encoders;
    private final int identifierIndex;
    private final boolean marked;
    private final int extra;
    private final JsonBuffer out = new JsonBuffer(4096);
    private boolean headerSeen;
    private int end;

    /**
     * @param columns names in the order of the tuples
     * @param encoders one per column
     * @param identifierIndex position of the primary identifier
     * @param marked whether each tuple ends with one more boolean: the identifier occurs more than once
     */
    public RowEncoder(List<String> columns, List<ValueEncoder> encoders, int identifierIndex, boolean marked) {
        this(columns, encoders, identifierIndex, marked, marked ? 1 : 0);
    }

    /** Of tuples with further columns behind the payload's, which the caller reads itself, from {@link #end} on. */
    public static RowEncoder withExtraColumns(
            List<String> columns, List<ValueEncoder> encoders, int identifierIndex, int extra) {
        return new RowEncoder(columns, encoders, identifierIndex, false, extra);
    }

    private RowEncoder(
            List<String> columns, List<ValueEncoder> encoders, int identifierIndex, boolean marked, int extra) {
        Objects.checkIndex(identifierIndex, columns.size());
        this.prefixes = new byte[columns.size()][];
        for (int index = 0; index < prefixes.length; index++) {
            prefixes[index] = prefix(columns.get(index), index == 0);
        }
        this.encoders = encoders.toArray(ValueEncoder[]::new);
        this.identifierIndex = identifierIndex;
        this.marked = marked;
        this.extra = extra;
    }

    /** Everything of a row that is the same in each: <code>{"first":</code>, <code>,"second":</code>. */
    private static byte[] prefix(String column, boolean first) {
        byte[] name = column.getBytes(StandardCharsets.UTF_8);
        JsonBuffer buffer = new JsonBuffer(name.length + 16);
        buffer.put(first ? '{' : ',');
        TextEncoder.putQuoted(name, 0, name.length, buffer);
        buffer.reserve(1);
        buffer.put(':');
        return buffer.toArray();
    }

    /** The row in a message of the COPY stream, or null if it holds none (the header alone, the trailer). */
    public SourceRow encode(byte[] message) {
        int at = 0;
        if (!headerSeen) {
            at = skipHeader(message);
            headerSeen = true;
            if (at == message.length) {
                return null;
            }
        }
        short fields = BigEndian.int16(message, at);
        if (fields == TRAILER) {
            return null;
        }
        if (fields != encoders.length + extra) {
            throw new IllegalStateException("a tuple of " + fields + " fields instead of " + encoders.length);
        }
        return encodeTuple(message, at + 2);
    }

    private SourceRow encodeTuple(byte[] message, int first) {
        int at = first;
        String identifier = null;
        out.clear();
        for (int index = 0; index < encoders.length; index++) {
            out.put(prefixes[index]);
            int length = BigEndian.int32(message, at);
            at += 4;
            if (length < 0) {
                out.put(NULL);
                continue;
            }
            int from = out.size;
            encoders[index].encode(message, at, length, out);
            if (index == identifierIndex) {
                identifier = encoders[index].identifier(message, at, length, out, from);
            }
            at += length;
        }
        out.reserve(1);
        out.put('}');
        end = at;
        boolean duplicate = marked && BigEndian.int32(message, at) == 1 && message[at + 4] != 0;
        return new SourceRow(identifier, out.toArray(), duplicate);
    }

    /** Where the payload's columns ended in the message that was encoded last. */
    public int end() {
        return end;
    }

    private static int skipHeader(byte[] message) {
        for (int at = 0; at < SIGNATURE.length; at++) {
            if (message.length < HEADER || message[at] != SIGNATURE[at]) {
                throw new IllegalStateException("the COPY stream does not begin with the binary signature");
            }
        }
        return HEADER + BigEndian.int32(message, HEADER - 4);
    }
}
