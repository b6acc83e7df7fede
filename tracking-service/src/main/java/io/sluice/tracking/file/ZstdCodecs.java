package io.sluice.tracking.file;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Zstandard for the writer, straight to the native library. Parquet's own factory goes through Hadoop's codec classes and
 * its XML configuration; this one keeps them out of the process. Not thread-safe; one per file, released by the writer.
 */
final class ZstdCodecs implements CompressionCodecFactory {
    private final Compressor compressor;

    ZstdCodecs(int level) {
        this.compressor = new Compressor(level);
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        if (codec != CompressionCodecName.ZSTD) {
            throw new IllegalArgumentException("tracking files are written with ZSTD, not " + codec);
        }
        return compressor;
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        throw new UnsupportedOperationException("the tracking service writes Parquet and does not read it");
    }

    @Override
    public void release() {
        compressor.release();
    }

    private static final class Compressor implements BytesInputCompressor {
        private final ZstdCompressCtx context = new ZstdCompressCtx();
        private boolean released;

        Compressor(int level) {
            context.setLevel(level);
        }

        @Override
        public BytesInput compress(BytesInput page) throws IOException {
            byte[] raw = page.toByteArray();
            byte[] packed = new byte[Math.toIntExact(Zstd.compressBound(raw.length))];
            int length = context.compressByteArray(packed, 0, packed.length, raw, 0, raw.length);
            return BytesInput.from(ByteBuffer.wrap(packed, 0, length));
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.ZSTD;
        }

        @Override
        public void release() {
            if (!released) {
                released = true;
                context.close();
            }
        }
    }
}
