package io.sluice.connector.source.postgres.json;

/** {@code json} and {@code jsonb}: embedded as they are, without the white space between their parts. */
final class JsonEncoders {
    private JsonEncoders() {}

    static void json(byte[] source, int offset, int length, JsonBuffer out) {
        putCompact(source, offset, offset + length, out);
    }

    /** The binary form is a version byte and the text. */
    static void jsonb(byte[] source, int offset, int length, JsonBuffer out) {
        if (source[offset] != 1) {
            throw new IllegalStateException("unknown version of jsonb's binary form: " + source[offset]);
        }
        putCompact(source, offset + 1, offset + length, out);
    }

    /** PostgreSQL has validated the text: outside of strings, a byte up to the blank can only be white space. */
    private static void putCompact(byte[] source, int from, int end, JsonBuffer out) {
        out.reserve(end - from);
        byte[] target = out.bytes;
        int to = out.size;
        int at = from;
        while (at < end) {
            byte value = source[at++];
            if (value == '"') {
                target[to++] = value;
                boolean open = true;
                while (open) {
                    byte inside = source[at++];
                    target[to++] = inside;
                    if (inside == '\\') {
                        target[to++] = source[at++];
                    } else {
                        open = inside != '"';
                    }
                }
            } else if (value > ' ') {
                target[to++] = value;
            }
        }
        out.size = to;
    }
}
