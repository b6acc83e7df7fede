package io.sluice.tracking.file;

import io.sluice.bucket.BucketStorage;
import io.sluice.bucket.StorageException;
import io.sluice.operation.OperationKind;
import io.sluice.tracking.file.FileFooter.Chunk;
import io.sluice.tracking.file.FileFooter.RowGroup;
import io.sluice.tracking.row.RowStatus;
import io.sluice.tracking.row.TrackedRow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;
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

    /** The footer's counts, or else those found by reading the columns status and operation. */
    public RowCounts counts() throws StorageException {
        if (footer.counts().isPresent()) {
            return footer.counts().get();
        }
        RowCounts.Builder counted = new RowCounts.Builder();
        for (RowGroup group : footer.groups()) {
            Cursors cursors = new Cursors(group, AHEAD);
            Words<RowStatus> status = new Words<>(cursors.open(TrackingSchema.STATUS), STATUSES);
            Words<OperationKind> operation = new Words<>(cursors.open(TrackingSchema.OPERATION), OPERATIONS);
            for (long row = 0; row < group.rows(); row++) {
                counted.add(status.at(row), operation.at(row));
            }
        }
        return counted.build();
    }

    /** Positions of the rows with one of these statuses and one of these operations; payloads are not touched. */
    public BitSet positions(Set<RowStatus> statuses, Set<OperationKind> operations) throws StorageException {
        BitSet found = new BitSet();
        for (RowGroup group : footer.groups()) {
            Cursors cursors = new Cursors(group, AHEAD);
            Words<RowStatus> status = new Words<>(cursors.open(TrackingSchema.STATUS), STATUSES);
            Words<OperationKind> operation = new Words<>(cursors.open(TrackingSchema.OPERATION), OPERATIONS);
            for (long row = 0; row < group.rows(); row++) {
                if (statuses.contains(status.at(row)) && operations.contains(operation.at(row))) {
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

    /** Keeps of some positions those with one of these statuses and one of these operations. */
    public BitSet filter(BitSet positions, Set<RowStatus> statuses, Set<OperationKind> operations)
            throws StorageException {
        BitSet kept = new BitSet();
        for (RowGroup group : footer.groups()) {
            int end = Math.toIntExact(group.firstRow() + group.rows());
            int position = positions.nextSetBit(Math.toIntExact(group.firstRow()));
            if (position < 0 || position >= end) {
                continue;
            }
            Cursors cursors = new Cursors(group, POINT);
            Words<RowStatus> status = new Words<>(cursors.open(TrackingSchema.STATUS), STATUSES);
            Words<OperationKind> operation = new Words<>(cursors.open(TrackingSchema.OPERATION), OPERATIONS);
            for (; position >= 0 && position < end; position = positions.nextSetBit(position + 1)) {
                long row = position - group.firstRow();
                if (statuses.contains(status.at(row)) && operations.contains(operation.at(row))) {
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

    /** Whether the row group's bloom filter says for sure that the identifier is not in it: one read of 32 bytes. */
    private boolean excluded(Chunk chunk, Binary identifier) throws StorageException {
        if (chunk.bloomOffset() <= 0 || chunk.bloomLength() <= BLOOM_BLOCK) {
            return false;
        }
        // the bits are a power of two of bytes and stand behind a header that is shorter than the smallest filter
        int bytes = Integer.highestOneBit(chunk.bloomLength());
        long bits = chunk.bloomOffset() + chunk.bloomLength() - bytes;
        byte[] block = new byte[BLOOM_BLOCK];
        long hash = new BlockSplitBloomFilter(block).hash(identifier);
        long number = ((hash >>> Integer.SIZE) * (bytes / BLOOM_BLOCK)) >>> Integer.SIZE;
        storage.readRange(key, bits + number * BLOOM_BLOCK, BLOOM_BLOCK).get(block);
        // a filter of one block decides about the block that was fetched, whatever its number
        return !new BlockSplitBloomFilter(block).findHash(hash);
    }

    /** A column of few different words, which the decoder gives as the same objects again and again. */
    private final class Words<T> {
        private final ColumnCursor cursor;
        private final Map<Binary, T> meanings;
        private Binary last;
        private T meaning;

        Words(ColumnCursor cursor, Map<Binary, T> meanings) {
            this.cursor = cursor;
            this.meanings = meanings;
        }

        T at(long row) throws StorageException {
            cursor.moveTo(row);
            Binary word = cursor.binary();
            if (word != last || meaning == null) {
                last = word;
                meaning = meanings.get(word);
                if (meaning == null) {
                    throw FileFooter.unreadable(key, null);
                }
            }
            return meaning;
        }
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
            this.indexStart =
                    chunks.stream().mapToLong(Chunk::pageIndexOffset).min().orElse(0);
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
        private final Words<OperationKind> operation;
        private final Words<RowStatus> status;
        private final ColumnCursor message;
        private final ColumnCursor started;
        private final ColumnCursor ended;
        private final List<ColumnCursor> all;

        RowCursor(Cursors cursors) throws StorageException {
            this.identifier = cursors.open(TrackingSchema.IDENTIFIER);
            this.payload = cursors.open(TrackingSchema.RECORD_PAYLOAD);
            this.operation = new Words<>(cursors.open(TrackingSchema.OPERATION), OPERATIONS);
            this.status = new Words<>(cursors.open(TrackingSchema.STATUS), STATUSES);
            this.message = cursors.open(TrackingSchema.STATUS_MESSAGE);
            this.started = cursors.open(TrackingSchema.BATCH_STARTED_AT);
            this.ended = cursors.open(TrackingSchema.BATCH_ENDED_AT);
            this.all = List.of(identifier, payload, message, started, ended);
        }

        TrackedRow at(long row) throws StorageException {
            for (ColumnCursor column : all) {
                column.moveTo(row);
            }
            return new TrackedRow(
                    identifier.text(),
                    payload.binary().toByteBuffer(),
                    operation.at(row),
                    status.at(row),
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
