package io.sluice.tracking.file;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * Collects a file in memory: it is whole before storage sees its first byte, so a put is one call on every kind of bucket
 * and can be repeated (TRK-20). Files are small (the cut limits their rows and bytes), and one is written at a time.
 */
final class MemoryOutputFile extends StreamOutputFile {
    private final Content content;

    MemoryOutputFile(int expectedBytes) {
        this(new Content(expectedBytes));
    }

    private MemoryOutputFile(Content content) {
        super(content);
        this.content = content;
    }

    /** What was written; shares memory with this file. */
    ByteBuffer content() {
        return content.view();
    }

    private static final class Content extends ByteArrayOutputStream {
        Content(int expectedBytes) {
            super(expectedBytes);
        }

        ByteBuffer view() {
            return ByteBuffer.wrap(buf, 0, count).asReadOnlyBuffer();
        }
    }
}
