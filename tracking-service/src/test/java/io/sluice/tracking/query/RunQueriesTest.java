package io.sluice.tracking.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.bucket.StorageException;
import io.sluice.operation.OperationKind;
import io.sluice.tracking.file.FileFooter;
import io.sluice.tracking.file.TrackingFileEncoder;
import io.sluice.tracking.row.BatchType;
import io.sluice.tracking.row.SampleRows;
import io.sluice.tracking.row.TrackedRow;
import io.sluice.tracking.run.RunFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What questions cost, and what happens when storage does not play along. */
class RunQueriesTest {
    private static final RunLocation RUN = new RunLocation(OptionalLong.empty(), new RunFolder(1, 2, 3));
    private static final int ROWS = 60_000;

    private final MemoryBucket bucket = new MemoryBucket();
    private final FooterCache footers = new FooterCache(1 << 20);
    private final RunQueries queries = new RunQueries(id -> bucket, footers, 4);

    @BeforeEach
    void aRunOfTwoLargeFilesOneOfThemWithARejectedRow() {
        TrackingFileEncoder encoder = new TrackingFileEncoder();
        bucket.put(
                RUN.folder().fileKey(BatchType.RECORDS_UPDATED, 0),
                encoder.encode(2, 3, SampleRows.realistic(ROWS, 100_000)));
        List<TrackedRow> second = new ArrayList<>(SampleRows.realistic(ROWS, 200_000));
        second.add(SampleRows.rejected("bad", OperationKind.UPSERT, "no such country"));
        bucket.put(RUN.folder().fileKey(BatchType.RECORDS_UPDATED, 1), encoder.encode(2, 3, second));
    }

    @Test
    void countingReadsFootersOnlyAndEachOnce() throws StorageException {
        assertThat(queries.count(RUN, RowFilter.ALL)).isEqualTo(2L * ROWS + 1);
        assertThat(bucket.takeBytesRead()).isBetween(1L, 2L * (16 << 10));

        assertThat(queries.count(RUN, filter(null, "rejected", "upsert"))).isEqualTo(1);
        assertThat(bucket.takeBytesRead()).as("footers are kept").isZero();
    }

    @Test
    void aSearchReadsOneColumnOfOneRowGroupAndThePagesOfTheRow() throws StorageException {
        RunQueries.RowPage found = queries.page(RUN, filter("customer-123456", null, null), 0, 10);

        assertThat(found.rows()).extracting(TrackedRow::identifier).containsExactly("customer-123456");
        assertThat(bucket.takeBytesRead()).isLessThan(bucket.stored() / 20);
    }

    @Test
    void aMissCostsAFewBytesPerRowGroup() throws StorageException {
        queries.count(RUN, RowFilter.ALL);
        bucket.takeBytesRead();
        List<Long> costs = new ArrayList<>();
        for (int absent = 0; absent < 21; absent++) {
            assertThat(queries.count(RUN, filter("nobody-" + absent, null, null)))
                    .isZero();
            costs.add(bucket.takeBytesRead());
        }

        assertThat(costs.stream().sorted().skip(10).findFirst().orElseThrow())
                .as("median of bytes; bloom filters err now and then")
                .isLessThan(1_000);
    }

    @Test
    void rejectedRowsAreFoundWithoutReadingFilesThatHaveNone() throws StorageException {
        RunQueries.RowPage found = queries.page(RUN, filter(null, "rejected", null), 0, 10);

        assertThat(found.total()).isEqualTo(1);
        assertThat(found.rows()).extracting(TrackedRow::message).containsExactly("no such country");
        assertThat(bucket.takeBytesRead()).isLessThan(bucket.stored() / 10);
    }

    @Test
    void aDeepPageReadsThePagesItIsIn() throws StorageException {
        RunQueries.RowPage page = queries.page(RUN, RowFilter.ALL, ROWS + 40_000, 100);

        assertThat(page.total()).isEqualTo(2L * ROWS + 1);
        assertThat(page.rows().getFirst().identifier()).isEqualTo("customer-240000");
        assertThat(page.rows()).hasSize(100);
        assertThat(bucket.takeBytesRead()).isLessThan(bucket.stored() / 20);
    }

    @Test
    void theCacheOfFootersKeepsItsBound() throws StorageException {
        FooterCache tiny = new FooterCache(1_000);
        RunQueries frugal = new RunQueries(id -> bucket, tiny, 4);

        assertThat(frugal.count(RUN, RowFilter.ALL)).isEqualTo(2L * ROWS + 1);
        assertThat(tiny.held()).isLessThanOrEqualTo(1_000);
    }

    @Test
    void aFileThatVanishesBetweenListingAndReadingIsNotCounted() throws StorageException {
        String key = RUN.folder().fileKey(BatchType.RECORDS_UPDATED, 1);
        bucket.delete(key);

        assertThat(FileFooter.read(bucket, key)).isEmpty();
        assertThat(queries.count(RUN, RowFilter.ALL)).isEqualTo(ROWS);
    }

    @Test
    void brokenFilesAndBrokenStorageAreSaidAndNotGuessedAround() {
        bucket.put(
                RUN.folder().fileKey(BatchType.RECORDS_INVALID, 0), SampleRows.json("this is no Parquet file at all"));
        assertThatThrownBy(() -> queries.count(RUN, RowFilter.ALL))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("records_invalid.0.parquet");

        bucket.down();
        assertThatThrownBy(() -> queries.count(RUN, RowFilter.ALL)).isInstanceOf(StorageException.class);
    }

    @Test
    void wordsThatAreNoneAreRefused() {
        assertThat(RowFilter.of(null, "fine", null)).isEmpty();
        assertThat(RowFilter.of(null, null, "explode")).isEmpty();
    }

    private static RowFilter filter(String identifier, String status, String operation) {
        return RowFilter.of(identifier, status, operation).orElseThrow();
    }
}
