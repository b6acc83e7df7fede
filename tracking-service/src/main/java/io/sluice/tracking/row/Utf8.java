package io.sluice.tracking.row;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Parquet strings must be UTF-8: a single malformed byte makes readers refuse the whole file. Sources whose encoding is not
 * enforced (SQL_ASCII databases) can deliver such bytes.
 */
final class Utf8 {

    private Utf8() {}

    /** The same buffer when it is well formed, else a copy with each malformed sequence as U+FFFD. */
    static ByteBuffer wellFormed(ByteBuffer text) {
        if (ascii(text) || decodes(text)) {
            return text;
        }
        return StandardCharsets.UTF_8.encode(StandardCharsets.UTF_8.decode(text.duplicate()));
    }

    private static boolean ascii(ByteBuffer text) {
        int index = text.position();
        for (; index + Long.BYTES <= text.limit(); index += Long.BYTES) {
            if ((text.getLong(index) & 0x8080808080808080L) != 0) {
                return false;
            }
        }
        for (; index < text.limit(); index++) {
            if (text.get(index) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean decodes(ByteBuffer text) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(text.duplicate());
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }
}
