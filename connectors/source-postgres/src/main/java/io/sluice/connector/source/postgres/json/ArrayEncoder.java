package io.sluice.connector.source.postgres.json;

import java.nio.charset.StandardCharsets;

/**
 * Arrays: JSON arrays, nested by dimension. Lower bounds other than one are not kept.
 *
 * @param element encoder of the elements
 */
record ArrayEncoder(ValueEncoder element) implements ValueEncoder {
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EMPTY = "[]".getBytes(StandardCharsets.US_ASCII);

    @Override
    public void encode(byte[] source, int offset, int length, JsonBuffer out) {
        int dimensions = BigEndian.int32(source, offset);
        if (dimensions == 0) {
            out.put(EMPTY);
            return;
        }
        // Number of dimensions, flags, element type; then size and lower bound of each dimension; then the elements.
        putDimension(source, offset + 12, dimensions, offset + 12 + 8 * dimensions, out);
    }

    private int putDimension(byte[] source, int sizeAt, int dimensions, int firstElement, JsonBuffer out) {
        int size = BigEndian.int32(source, sizeAt);
        int at = firstElement;
        out.reserve(1);
        out.put('[');
        for (int index = 0; index < size; index++) {
            if (index > 0) {
                out.reserve(1);
                out.put(',');
            }
            at = dimensions > 1
                    ? putDimension(source, sizeAt + 8, dimensions - 1, at, out)
                    : putElement(source, at, out);
        }
        out.reserve(1);
        out.put(']');
        return at;
    }

    private int putElement(byte[] source, int at, JsonBuffer out) {
        int length = BigEndian.int32(source, at);
        if (length < 0) {
            out.put(NULL);
            return at + 4;
        }
        element.encode(source, at + 4, length, out);
        return at + 4 + length;
    }
}
