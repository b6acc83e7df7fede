package io.sluice.tracking.file;

import io.sluice.bucket.BucketStorage;
import io.sluice.bucket.StorageException;
import io.sluice.operation.OperationKind;
import io.sluice.tracking.file.FileFooter.Chunk;
import io.sluice.tracking.file.FileFooter.RowGroup;
import io.sluice.tracking.row.RowStatus;
import io.sluice.tracking.row.TrackedRow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;
import org.apache.parquet.format.BloomFilterHeader;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.api.Binary;

/**
 * Reads a tracking file through its bucket, no more of it than a question needs: the answer of a bloom filter is 32 bytes,
 * the rows of a page come from the pages they are in. Positions are row numbers in the file. Used by one thread.
 */
public final class TrackingFileReader {
    private static final int POINT = 0;
    private static final int AHEAD = 1 << 20;
    private static final int BLOOM_BLOCK = 32;
    private static final int BLOOM_HEADER = 64;
    private static final Map<Binary, RowStatus> STATUSES = new HashMap<>();
    private static final Map<Binary, OperationKind> OPERATIONS = new HashMap<>();

    static {
        for (RowStatus status : RowStatus.values()) {
            STATUSES.put(Binary.fromString(status.word()), status);
        }
        for (OperationKind operation : OperationKind.values()) {
            OPERATIONS.put(Binary.fromString(operation.wireName()), operation);
        }
    }

    private final BucketStorage storage;
    private final String key;
    private final FileFooter footer;

    public TrackingFileReader(BucketStorage storage, String key, FileFooter footer) {
        this.storage = storage;
        this.key = key;
        this.footer = footer;
    }

    /** Takes rows, one after the other. */
    @FunctionalInterface
    public interface RowSink {
        /** Takes one; an exception ends the reading. */
        void accept(TrackedRow row) throws IOException;
    }

    /** What status and operation a row has. */
    @FunctionalInterface
    public interface KindTest {
        /** Whether such a row is wanted. */
        boolean test(RowStatus status, OperationKind operation);
    }

    /** The footer's counts, or else those found by reading the columns status and operation. */
    public RowCounts counts() throws StorageException {
        if (footer.counts().isPresent()) {
            return footer.counts().get();
        }
        RowCounts.Builder counted = new RowCounts.Builder();
        positions((status, operation) -> {
            counted.add(status, operation);
            return false;
        });
        return counted.build();
    }

    /** Positions of the rows whose status and operation are wanted; payloads are not touched. */
    public BitSet positions(KindTest wanted) throws StorageException {
        BitSet found = new BitSet();
        for (RowGroup group : footer.groups()) {
            Cursors cursors = new Cursors(group, AHEAD);
            ColumnCursor status = cursors.open(TrackingSchema.STATUS);
            ColumnCursor operation = cursors.open(TrackingSchema.OPERATION);
            for (int row = 0; row < group.rows(); row++) {
                status.moveTo(row);
                operation.moveTo(row);
                if (wanted.test(status(status.binary()), operation(operation.binary()))) {
                    found.set(Math.toIntExact(group.firstRow() + row));
                }
            }
        }
        return found;
    }

    /** Positions of the rows with this identifier. Row groups whose bloom filter excludes it cost 32 bytes each. */
    public BitSet positions(String identifier) throws StorageException {
        BitSet found = new BitSet();
        Binary wanted = Binary.fromString(identifier);
        for (RowGroup group : footer.groups()) {
            Chunk chunk = group.chunks().get(TrackingSchema.IDENTIFIER);
            if (chunk == null || excluded(chunk, wanted)) {
                continue;
            }
            ColumnCursor cursor = new Cursors(group, AHEAD).open(TrackingSchema.IDENTIFIER);
            for (int row = 0; row < group.rows(); row++) {
                cursor.moveTo(row);
                if (wanted.equals(cursor.binary())) {
                    found.set(Math.toIntExact(group.firstRow() + row));
                }
            }
        }
        return found;
    }

    /** Keeps of some positions those whose status and operation are wanted. */
    public BitSet filter(BitSet positions, KindTest wanted) throws StorageException {
        BitSet kept = new BitSet();
        for (RowGroup group : footer.groups()) {
            int end = Math.toIntExact(group.firstRow() + group.rows());
            int position = positions.nextSetBit(Math.toIntExact(group.firstRow()));
            if (position < 0 || position >= end) {
                continue;
            }
            Cursors cursors = new Cursors(group, POINT);
            ColumnCursor status = cursors.open(TrackingSchema.STATUS);
            ColumnCursor operation = cursors.open(TrackingSchema.OPERATION);
            for (; position >= 0 && position < end; position = positions.nextSetBit(position + 1)) {
                status.moveTo(position - group.firstRow());
                operation.moveTo(position - group.firstRow());
                if (wanted.test(status(status.binary()), operation(operation.binary()))) {
                    kept.set(position);
                }
            }
        }
        return kept;
    }

    /** Reads the rows at these positions, in order. */
    public void rows(BitSet positions, RowSink sink) throws IOException {
        int readAhead = positions.cardinality() * 4L > footer.rows() ? AHEAD : POINT;
        for (RowGroup group : footer.groups()) {
            int end = Math.toIntExact(group.firstRow() + group.rows());
            int position = positions.nextSetBit(Math.toIntExact(group.firstRow()));
            if (position < 0 || position >= end) {
                continue;
            }
            RowCursor cursor = new RowCursor(new Cursors(group, readAhead));
            for (; position >= 0 && position < end; position = positions.nextSetBit(position + 1)) {
                sink.accept(cursor.at(position - group.firstRow()));
            }
        }
    }

    private boolean excluded(Chunk chunk, Binary identifier) throws StorageException {
        if (chunk.bloomOffset() <= 0) {
            return false;
        }
        ByteBuffer head = storage.readRange(
                key,
                chunk.bloomOffset(),
                chunk.bloomLength() > 0 ? Math.min(BLOOM_HEADER, chunk.bloomLength()) : BLOOM_HEADER);
        ByteArrayInputStream in = FileFooter.stream(head);
        int length = in.available();
        try {
            BloomFilterHeader header = Util.readBloomFilterHeader(in);
            long bits = chunk.bloomOffset() + length - in.available();
            byte[] block = new byte[BLOOM_BLOCK];
            BlockSplitBloomFilter filter = new BlockSplitBloomFilter(block);
            long hash = filter.hash(identifier);
            long number = ((hash >>> 32) * (header.getNumBytes() / BLOOM_BLOCK)) >>> 32;
            storage.readRange(key, bits + number * BLOOM_BLOCK, BLOOM_BLOCK).get(block);
            // a filter of one block decides about the block that was fetched, whatever its number
            return !new BlockSplitBloomFilter(block).findHash(hash);
        } catch (StorageException unavailable) {
            throw unavailable;
        } catch (IOException malformed) {
            throw FileFooter.unreadable(key, malformed);
        }
    }

    private RowStatus status(Binary word) throws StorageException {
        return known(STATUSES.get(word));
    }

    private OperationKind operation(Binary word) throws StorageException {
        return known(OPERATIONS.get(word));
    }

    private <T> T known(T value) throws StorageException {
        if (value == null) {
            throw FileFooter.unreadable(key, null);
        }
        return value;
    }

    /** Opens columns of a row group; the page indexes of all of them lie together and are read once. */
    private final class Cursors {
        private final RowGroup group;
        private final int readAhead;
        private final long indexStart;
        private final ByteBuffer indexes;

        Cursors(RowGroup group, int readAhead) throws StorageException {
            Collection<Chunk> chunks = group.chunks().values();
            this.group = group;
            this.readAhead = readAhead;
            this.indexStart = chunks.stream().mapToLong(Chunk::pageIndexOffset).min().orElse(0);
            long end = chunks.stream()
                    .mapToLong(chunk -> chunk.pageIndexOffset() + chunk.pageIndexLength())
                    .max()
                    .orElse(0);
            if (indexStart <= 0) {
                throw FileFooter.unreadable(key, null);
            }
            this.indexes = storage.readRange(key, indexStart, Math.toIntExact(end - indexStart));
        }

        ColumnCursor open(String column) throws StorageException {
            Chunk chunk = group.chunks().get(column);
            if (chunk == null) {
                throw FileFooter.unreadable(key, null);
            }
            try {
                OffsetIndex index = Util.readOffsetIndex(FileFooter.stream(
                        indexes.slice((int) (chunk.pageIndexOffset() - indexStart), chunk.pageIndexLength())));
                List<PageLocation> pages = index.getPage_locations();
                return new ColumnCursor(
                        storage,
                        key,
                        chunk,
                        TrackingSchema.MESSAGE.getColumnDescription(new String[] {column}),
                        pages,
                        group.rows(),
                        readAhead);
            } catch (IOException malformed) {
                throw FileFooter.unreadable(key, malformed);
            }
        }
    }

    /** All columns of a row group side by side. */
    private final class RowCursor {
        private final ColumnCursor identifier;
        private final ColumnCursor payload;
        private final ColumnCursor operation;
        private final ColumnCursor status;
        private final ColumnCursor message;
        private final ColumnCursor started;
        private final ColumnCursor ended;
        private final List<ColumnCursor> all;

        RowCursor(Cursors cursors) throws StorageException {
            this.identifier = cursors.open(TrackingSchema.IDENTIFIER);
            this.payload = cursors.open(TrackingSchema.RECORD_PAYLOAD);
            this.operation = cursors.open(TrackingSchema.OPERATION);
            this.status = cursors.open(TrackingSchema.STATUS);
            this.message = cursors.open(TrackingSchema.STATUS_MESSAGE);
            this.started = cursors.open(TrackingSchema.BATCH_STARTED_AT);
            this.ended = cursors.open(TrackingSchema.BATCH_ENDED_AT);
            this.all = List.of(identifier, payload, operation, status, message, started, ended);
        }

        TrackedRow at(long row) throws StorageException {
            for (ColumnCursor column : all) {
                column.moveTo(row);
            }
            return new TrackedRow(
                    identifier.text(),
                    payload.binary().toByteBuffer(),
                    operation(operation.binary()),
                    status(status.binary()),
                    message.text(),
                    instant(started.number()),
                    instant(ended.number()));
        }

        private Instant instant(Long micros) {
            return micros == null
                    ? null
                    : Instant.ofEpochSecond(
                            Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
        }
    }
}
