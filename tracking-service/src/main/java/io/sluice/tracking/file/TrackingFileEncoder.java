package io.sluice.tracking.file;

import io.sluice.operation.OperationKind;
import io.sluice.tracking.row.RowStatus;
import io.sluice.tracking.row.TrackedRow;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;

/**
 * Rows of one run to the bytes of one Parquet file. The same rows give the same bytes, so that a redo after a crash writes
 * what is there already. Thread-safe.
 *
 * <p>Laid out for point searches: row groups of about 16 MB of rows, each with a bloom filter on {@code identifier} sized by
 * the group's row count, and min/max statistics that let a reader skip files without a rejected row.
 */
public final class TrackingFileEncoder {
    private static final long ROW_GROUP_BYTES = 16L << 20;
    private static final int STREAMED_GROUP_ROWS = 20_000;
    private static final int PAGE_BYTES = 256 << 10;
    private static final int STATISTICS_BYTES = 64;
    private static final int ZSTD_LEVEL = 1;

    /**
     * Encodes a row for nobody: a missing native library shows when the service starts and not at the end of its first run,
     * which then also does not wait for classes to be loaded.
     */
    public void check() {
        ByteBuffer payload = ByteBuffer.wrap("{}".getBytes(StandardCharsets.US_ASCII));
        encode(0, 0, List.of(new TrackedRow("", payload, OperationKind.UPSERT, RowStatus.SUCCEEDED, null, null, null)));
    }

    /**
     * Encodes one file.
     *
     * @param syncId value of {@code sync_configuration_id}
     * @param syncRunId value of {@code sync_run_id}
     * @param rows at least one
     * @return the whole file
     */
    public ByteBuffer encode(long syncId, long syncRunId, List<TrackedRow> rows) {
        long weight = 0;
        for (TrackedRow row : rows) {
            weight += row.weight();
        }
        MemoryOutputFile file = new MemoryOutputFile((int) Math.min(weight / 4 + 4096, 64 << 20));
        int groups = (int) Math.max(1, Math.ceilDiv(weight, ROW_GROUP_BYTES));
        try (ParquetWriter<TrackedRow> writer =
                writer(file, new RowWriteSupport(syncId, syncRunId), Math.ceilDiv(rows.size(), groups))) {
            for (TrackedRow row : rows) {
                writer.write(row);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException("a file in memory cannot fail", impossible);
        }
        return file.content();
    }

    /**
     * A writer of a file whose rows are not known beforehand: one row group at a time is held in memory.
     *
     * @param stream where the file goes; it is not closed
     */
    public ParquetWriter<TrackedRow> stream(OutputStream stream, long syncId, long syncRunId) throws IOException {
        return writer(new StreamOutputFile(stream), new RowWriteSupport(syncId, syncRunId), STREAMED_GROUP_ROWS);
    }

    private static ParquetWriter<TrackedRow> writer(OutputFile file, WriteSupport<TrackedRow> support, int rowsPerGroup)
            throws IOException {
        return new Builder(file, support)
                .withConf(new PlainParquetConfiguration())
                .withCodecFactory(new ZstdCodecs(ZSTD_LEVEL))
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .withRowGroupRowCountLimit(rowsPerGroup)
                .withPageSize(PAGE_BYTES)
                .withDictionaryEncoding(true)
                .withDictionaryEncoding(TrackingSchema.IDENTIFIER, false)
                .withDictionaryEncoding(TrackingSchema.RECORD_PAYLOAD, false)
                .withBloomFilterEnabled(TrackingSchema.IDENTIFIER, true)
                .withBloomFilterNDV(TrackingSchema.IDENTIFIER, rowsPerGroup)
                .withStatisticsTruncateLength(STATISTICS_BYTES)
                .withStatisticsEnabled(TrackingSchema.RECORD_PAYLOAD, false)
                .build();
    }

    private static final class Builder extends ParquetWriter.Builder<TrackedRow, Builder> {
        private final WriteSupport<TrackedRow> support;

        Builder(OutputFile file, WriteSupport<TrackedRow> support) {
            super(file);
            this.support = support;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<TrackedRow> getWriteSupport(Configuration configuration) {
            return support;
        }

        @Override
        protected WriteSupport<TrackedRow> getWriteSupport(ParquetConfiguration configuration) {
            return support;
        }
    }
}
