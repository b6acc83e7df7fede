package io.sluice.tracking.file;

import io.sluice.bucket.BucketStorage;
import io.sluice.bucket.StorageException;
import io.sluice.bucket.StorageProblem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.Util;

/**
 * What the end of a tracking file says about the rest: where columns, their page indexes and bloom filters are, and how many
 * rows of which kind there are. Small, so that many can be kept; files never change (TRK-20), so it stays true. Immutable.
 *
 * @param rows rows of the file
 * @param counts rows by status and operation; empty in files of versions that did not write them
 * @param groups the row groups in order
 */
public record FileFooter(long rows, Optional<RowCounts> counts, List<RowGroup> groups) {
    private static final int TAIL_BYTES = 16 << 10;
    private static final int TRAILER_BYTES = 8;
    private static final int MAGIC = 0x31524150; // PAR1, little endian
    private static final int CHUNK_WEIGHT = 88;

    public FileFooter {
        groups = List.copyOf(groups);
    }

    /**
     * A row group.
     *
     * @param firstRow its first row's position in the file
     * @param rows how many rows it has
     * @param chunks its columns by name
     */
    record RowGroup(long firstRow, long rows, Map<String, Chunk> chunks) {}

    /**
     * Where a column of a row group is; offsets are positions in the file, lengths are bytes.
     *
     * @param start first page, the dictionary if there is one
     * @param length all pages
     * @param dictionary whether the first page is a dictionary
     * @param zstd whether pages are compressed
     */
    record Chunk(
            long start,
            int length,
            boolean dictionary,
            boolean zstd,
            long pageIndexOffset,
            int pageIndexLength,
            long bloomOffset,
            int bloomLength) {}

    /**
     * Reads the footer of a file.
     *
     * @return empty when there is no such file any more
     * @throws StorageException when storage does not answer, or the object is no Parquet file
     */
    public static Optional<FileFooter> read(BucketStorage storage, String key) throws StorageException {
        OptionalLong size = storage.size(key);
        if (size.isEmpty()) {
            return Optional.empty();
        }
        int tailLength = (int) Math.min(size.getAsLong(), TAIL_BYTES);
        if (tailLength < TRAILER_BYTES) {
            throw unreadable(key, null);
        }
        ByteBuffer tail = storage.readRange(key, size.getAsLong() - tailLength, tailLength)
                .order(ByteOrder.LITTLE_ENDIAN);
        int end = tail.limit() - TRAILER_BYTES;
        int footerLength = tail.getInt(end);
        if (tail.getInt(end + Integer.BYTES) != MAGIC
                || footerLength <= 0
                || footerLength > size.getAsLong() - TRAILER_BYTES) {
            throw unreadable(key, null);
        }
        ByteBuffer footer = footerLength <= end
                ? tail.slice(end - footerLength, footerLength)
                : storage.readRange(key, size.getAsLong() - TRAILER_BYTES - footerLength, footerLength);
        try {
            return Optional.of(of(Util.readFileMetaData(stream(footer))));
        } catch (IOException malformed) {
            throw unreadable(key, malformed);
        }
    }

    private static FileFooter of(FileMetaData metadata) {
        List<RowGroup> groups = new ArrayList<>();
        long firstRow = 0;
        for (org.apache.parquet.format.RowGroup group : metadata.getRow_groups()) {
            Map<String, Chunk> chunks = new HashMap<>();
            for (ColumnChunk column : group.getColumns()) {
                chunks.put(String.join(".", column.getMeta_data().getPath_in_schema()), chunk(column));
            }
            groups.add(new RowGroup(firstRow, group.getNum_rows(), Map.copyOf(chunks)));
            firstRow += group.getNum_rows();
        }
        return new FileFooter(metadata.getNum_rows(), counts(metadata), groups);
    }

    private static Chunk chunk(ColumnChunk column) {
        ColumnMetaData about = column.getMeta_data();
        boolean dictionary = about.isSetDictionary_page_offset() && about.getDictionary_page_offset() > 0;
        return new Chunk(
                dictionary ? about.getDictionary_page_offset() : about.getData_page_offset(),
                Math.toIntExact(about.getTotal_compressed_size()),
                dictionary,
                about.getCodec() == CompressionCodec.ZSTD,
                column.getOffset_index_offset(),
                column.getOffset_index_length(),
                about.isSetBloom_filter_offset() ? about.getBloom_filter_offset() : 0,
                about.isSetBloom_filter_length() ? about.getBloom_filter_length() : 0);
    }

    private static Optional<RowCounts> counts(FileMetaData metadata) {
        if (!metadata.isSetKey_value_metadata()) {
            return Optional.empty();
        }
        return metadata.getKey_value_metadata().stream()
                .filter(entry -> entry.getKey().equals(RowCounts.FOOTER_KEY))
                .map(KeyValue::getValue)
                .findFirst()
                .flatMap(RowCounts::parse)
                .filter(counts -> counts.total() == metadata.getNum_rows());
    }

    /** The same footer with counts that were found by reading. */
    public FileFooter withCounts(RowCounts found) {
        return new FileFooter(rows, Optional.of(found), groups);
    }

    /** Roughly the heap this holds, in bytes. */
    public long weight() {
        long chunks = groups.stream().mapToLong(group -> group.chunks().size()).sum();
        return 400 + chunks * CHUNK_WEIGHT;
    }

    static ByteArrayInputStream stream(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return new ByteArrayInputStream(copy);
    }

    static StorageException unreadable(String key, Throwable cause) {
        return new StorageException(StorageProblem.FAILED, key + " is not a tracking file that can be read", cause);
    }
}
