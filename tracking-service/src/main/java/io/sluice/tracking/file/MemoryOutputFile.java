package io.sluice.tracking.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/**
 * Collects a file in memory: it is whole before storage sees its first byte, so a put is one call on every kind of bucket
 * and can be repeated (TRK-20). Files are small (the cut limits their rows and bytes), and one is written at a time.
 */
final class MemoryOutputFile implements OutputFile {
    private final Content content;

    MemoryOutputFile(int expectedBytes) {
        this.content = new Content(expectedBytes);
    }

    /** What was written; shares memory with this file. */
    ByteBuffer content() {
        return content.view();
    }

    @Override
    public PositionOutputStream create(long blockSizeHint) {
        return new Positioned(content);
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
        return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
        return false;
    }

    @Override
    public long defaultBlockSize() {
        return 0;
    }

    private static final class Content extends ByteArrayOutputStream {
        Content(int expectedBytes) {
            super(expectedBytes);
        }

        ByteBuffer view() {
            return ByteBuffer.wrap(buf, 0, count).asReadOnlyBuffer();
        }
    }

    private static final class Positioned extends PositionOutputStream {
        private final OutputStream out;
        private long position;

        Positioned(OutputStream out) {
            this.out = out;
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
            position++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            position += length;
        }
    }
}
