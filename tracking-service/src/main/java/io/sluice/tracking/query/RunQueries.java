package io.sluice.tracking.query;

import io.sluice.bucket.BucketStorage;
import io.sluice.bucket.StorageException;
import io.sluice.tracking.file.FileFooter;
import io.sluice.tracking.file.RowCounts;
import io.sluice.tracking.file.TrackingFileReader;
import io.sluice.tracking.file.TrackingFileReader.RowSink;
import io.sluice.tracking.row.TrackedRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * What happened to the rows of a run (TRK-1 to TRK-4, TRK-10). Any replica answers, also while the run works: then for the
 * batches finished so far. The order of rows is that of {@link RunFile#ORDER} and of rows in their file; it is the same for
 * every question about a run that is over. Thread-safe; calls block.
 */
public final class RunQueries {
    private final RunBuckets buckets;
    private final FooterCache footers;
    private final Together together;

    /**
     * A page of rows.
     *
     * @param total rows of all pages, exactly
     * @param rows this page's
     */
    public record RowPage(long total, List<TrackedRow> rows) {
        public RowPage {
            rows = List.copyOf(rows);
        }
    }

    /** A file together with what its footer says. */
    private record Opened(RunFile file, FileFooter footer, RowCounts counts) {}

    /** A file's rows that pass a filter; positions only when they had to be looked for. */
    private record Matches(Opened file, long count, Optional<BitSet> positions) {}

    /**
     * Makes them.
     *
     * @param atOnce how many reads may be under way at a time
     */
    public RunQueries(RunBuckets buckets, FooterCache footers, int atOnce) {
        this.buckets = buckets;
        this.footers = footers;
        this.together = new Together(atOnce);
    }

    /** The files written so far, in order. */
    public List<RunFile> files(RunLocation run) throws StorageException {
        return buckets.bucket(run.bucketId()).list(run.folder().prefix()).stream()
                .map(RunFile::of)
                .flatMap(Optional::stream)
                .sorted(RunFile.ORDER)
                .toList();
    }

    /** How many rows pass; without an identifier no row is read. */
    public long count(RunLocation run, RowFilter filter) throws StorageException {
        BucketStorage bucket = buckets.bucket(run.bucketId());
        return matches(bucket, run, filter).stream().mapToLong(Matches::count).sum();
    }

    /** Rows {@code offset} to {@code offset + limit - 1} of those that pass. */
    public RowPage page(RunLocation run, RowFilter filter, long offset, int limit) throws StorageException {
        BucketStorage bucket = buckets.bucket(run.bucketId());
        List<TrackedRow> rows = new ArrayList<>();
        long before = 0;
        for (Matches matches : matches(bucket, run, filter)) {
            long from = Math.max(offset, before);
            long to = Math.min(offset + limit, before + matches.count());
            if (from < to) {
                BitSet part = cut(positions(bucket, matches, filter), (int) (from - before), (int) (to - before));
                read(bucket, matches.file(), part, rows::add);
            }
            before += matches.count();
        }
        return new RowPage(before, rows);
    }

    /**
     * Gives every row that passes to a sink, with memory for a few pages of a file.
     *
     * @throws IOException when storage does not answer, or the sink does not want more
     */
    public void each(RunLocation run, RowFilter filter, RowSink sink) throws IOException {
        BucketStorage bucket = buckets.bucket(run.bucketId());
        for (Matches matches : matches(bucket, run, filter)) {
            reader(bucket, matches.file()).rows(positions(bucket, matches, filter), sink);
        }
    }

    /**
     * Gives every row of one file to a sink; nothing when it is gone.
     *
     * @throws IOException when storage does not answer, or the sink does not want more
     */
    public void each(RunLocation run, RunFile file, RowSink sink) throws IOException {
        BucketStorage bucket = buckets.bucket(run.bucketId());
        Optional<Matches> all = matches(bucket, run, file, RowFilter.ALL);
        if (all.isPresent()) {
            reader(bucket, all.get().file()).rows(positions(bucket, all.get(), RowFilter.ALL), sink);
        }
    }

    private List<Matches> matches(BucketStorage bucket, RunLocation run, RowFilter filter) throws StorageException {
        List<RunFile> candidates =
                files(run).stream().filter(file -> filter.mayBeIn(file.type())).toList();
        return together.ask(candidates, file -> matches(bucket, run, file, filter)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Matches> matches(BucketStorage bucket, RunLocation run, RunFile file, RowFilter filter)
            throws StorageException {
        Optional<Opened> found = open(bucket, run, file);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Opened opened = found.get();
        long kind = opened.counts().matching(filter.statuses(), filter.operations());
        if (kind == 0 || filter.identifier().isEmpty()) {
            return kind == 0 ? Optional.empty() : Optional.of(new Matches(opened, kind, Optional.empty()));
        }
        TrackingFileReader reader = reader(bucket, opened);
        BitSet positions = reader.positions(filter.identifier().get());
        if (kind < opened.footer().rows() && !positions.isEmpty()) {
            positions = reader.filter(positions, filter.statuses(), filter.operations());
        }
        return positions.isEmpty()
                ? Optional.empty()
                : Optional.of(new Matches(opened, positions.cardinality(), Optional.of(positions)));
    }

    private Optional<Opened> open(BucketStorage bucket, RunLocation run, RunFile file) throws StorageException {
        FooterCache.Key key = new FooterCache.Key(run.bucketId(), file.key());
        Optional<FileFooter> known = footers.get(key);
        if (known.isEmpty()) {
            known = FileFooter.read(bucket, file.key());
            if (known.isEmpty()) {
                return Optional.empty();
            }
            if (known.get().counts().isEmpty()) {
                FileFooter uncounted = known.get();
                RowCounts counts = new TrackingFileReader(bucket, file.key(), uncounted).counts();
                known = Optional.of(uncounted.withCounts(counts));
            }
            footers.put(key, known.get());
        }
        return known.map(footer -> new Opened(file, footer, footer.counts().orElseThrow()));
    }

    private static BitSet positions(BucketStorage bucket, Matches matches, RowFilter filter) throws StorageException {
        if (matches.positions().isPresent()) {
            return matches.positions().get();
        }
        long rows = matches.file().footer().rows();
        if (matches.count() == rows) {
            BitSet all = new BitSet();
            all.set(0, Math.toIntExact(rows));
            return all;
        }
        return reader(bucket, matches.file()).positions(filter.statuses(), filter.operations());
    }

    /** Of the set positions the ones from the {@code from}th to before the {@code to}th. */
    private static BitSet cut(BitSet positions, int from, int to) {
        BitSet part = new BitSet();
        int ordinal = 0;
        for (int at = positions.nextSetBit(0); at >= 0 && ordinal < to; at = positions.nextSetBit(at + 1)) {
            if (ordinal >= from) {
                part.set(at);
            }
            ordinal++;
        }
        return part;
    }

    private static void read(BucketStorage bucket, Opened file, BitSet positions, RowSink sink)
            throws StorageException {
        try {
            reader(bucket, file).rows(positions, sink);
        } catch (StorageException unavailable) {
            throw unavailable;
        } catch (IOException impossible) {
            throw new IllegalStateException("a list takes every row", impossible);
        }
    }

    private static TrackingFileReader reader(BucketStorage bucket, Opened file) {
        return new TrackingFileReader(bucket, file.file().key(), file.footer());
    }
}
