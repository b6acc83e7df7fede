package io.sluice.testkit.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.source.ReadRequest;
import io.sluice.connector.source.RecordReader;
import io.sluice.connector.source.SourceConnection;
import io.sluice.connector.source.SourceRow;
import io.sluice.testkit.ContractSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Rows come one by one out of one snapshot, in bounded memory, and stop when they should. */
public interface StreamingContract extends SourceSuite {
    /** Rows of a table that no connector can have read to the end when a test stops it. */
    int MANY = 100_000;

    Duration QUICK = Duration.ofSeconds(15);

    @Test
    default void changesDuringTheReadAreNotSeen() throws Exception {
        List<TestRow> rows = new ArrayList<>();
        for (long id = 0; id < 300; id++) {
            rows.add(TestRow.sample(id));
        }
        TestTable table = fixture().createTable(rows);
        try (SourceBench bench = new SourceBench(fixture())) {
            List<SourceBench.Row> read = new ArrayList<>();
            List<Exception> problems = new ArrayList<>();
            bench.read(table.query(), TestTable.ID, SourceBench.ALL, row -> {
                if (read.isEmpty()) {
                    try {
                        fixture().deleteAll(table);
                        fixture().insert(table, List.of(TestRow.sample(0), TestRow.named(0L, "again")));
                    } catch (Exception problem) {
                        problems.add(problem);
                    }
                }
                return read.add(SourceBench.row(row));
            });
            assertThat(problems).isEmpty();
            assertThat(read).hasSize(300).noneMatch(SourceBench.Row::duplicate);
            assertThat(read).extracting(SourceBench.Row::identifier).doesNotHaveDuplicates();
            assertThat(bench.readAll(table.query(), TestTable.ID))
                    .as("the next read sees the changes")
                    .hasSize(2)
                    .allMatch(SourceBench.Row::duplicate);
        }
    }

    @Test
    default void memoryDoesNotGrowWithRows() throws Exception {
        int nameLength = 100_000;
        long rows = Runtime.getRuntime().maxMemory() * 3 / 2 / nameLength;
        assumeTrue(rows < 100_000, "the test's heap is too large for this test: give it -Xmx1g");
        TestTable table = fixture().createLargeTable(rows, nameLength);
        try (SourceBench bench = new SourceBench(fixture())) {
            AtomicLong seen = new AtomicLong();
            AtomicLong bytes = new AtomicLong();
            try {
                bench.read(table.query(), TestTable.ID, List.of(TestTable.ID, TestTable.NAME), row -> {
                    seen.incrementAndGet();
                    bytes.addAndGet(row.payload().length);
                    return true;
                });
            } catch (OutOfMemoryError collected) {
                throw new AssertionError("the connector keeps rows in memory", collected);
            }
            assertThat(seen).hasValue(rows);
            assertThat(bytes.get()).isGreaterThan(Runtime.getRuntime().maxMemory());
        }
    }

    @Test
    default void payloadsBelongToTheReceiver() throws Exception {
        TestTable table = fixture().createTable(List.of(TestRow.sample(1), TestRow.sample(2), TestRow.sample(3)));
        try (SourceBench bench = new SourceBench(fixture())) {
            List<SourceRow> kept = new ArrayList<>();
            bench.read(table.query(), TestTable.ID, SourceBench.ALL, kept::add);
            assertThat(kept.stream().map(SourceBench::row).toList())
                    .containsExactlyInAnyOrderElementsOf(bench.readAll(table.query(), TestTable.ID));
        }
    }

    @Test
    default void stopsWhenNoMoreRowsAreWanted() throws Exception {
        TestTable table = fixture().createLargeTable(MANY, 1_000);
        try (SourceBench bench = new SourceBench(fixture())) {
            AtomicLong seen = new AtomicLong();
            long start = System.nanoTime();
            bench.read(table.query(), TestTable.ID, SourceBench.ALL, row -> seen.incrementAndGet() < 10);
            assertThat(seen).hasValue(10);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(QUICK);
            assertNoSessionStays();
        }
    }

    @Test
    default void stopsWhenItsThreadIsInterrupted() throws Exception {
        TestTable table = fixture().createLargeTable(MANY, 1_000);
        try (SourceBench bench = new SourceBench(fixture())) {
            AtomicLong seen = new AtomicLong();
            bench.read(table.query(), TestTable.ID, SourceBench.ALL, row -> {
                if (seen.incrementAndGet() == 10) {
                    Thread.currentThread().interrupt();
                }
                return true;
            });
            assertThat(Thread.interrupted())
                    .as("the thread still knows that it was interrupted")
                    .isTrue();
            assertThat(seen).hasValueLessThan(MANY);
            assertNoSessionStays();
        } finally {
            // Whatever happened, the next test must not start interrupted.
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    @Test
    default void closingTheConnectionEndsAReadWithAnError() throws Exception {
        TestTable table = fixture().createLargeTable(MANY, 1_000);
        SourceConnection connection = fixture()
                .connector()
                .open(ContractSettings.read(fixture().connector(), fixture().settings()));
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<ConnectorException> outcome = threads.submit(() -> {
                try (RecordReader reader =
                        connection.read(new ReadRequest(table.query(), SourceBench.ALL, TestTable.ID))) {
                    reader.read(row -> {
                        reading.countDown();
                        return awaited(closed);
                    });
                    return null;
                } catch (ConnectorException expected) {
                    return expected;
                }
            });
            assertThat(reading.await(30, TimeUnit.SECONDS)).isTrue();
            connection.close();
            closed.countDown();
            assertThat(outcome.get(30, TimeUnit.SECONDS))
                    .as("a read that was cut off must not look complete")
                    .isNotNull();
        }
        assertNoSessionStays();
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    default void aSinkThatThrowsEndsTheRead() throws Exception {
        TestTable table = fixture().createLargeTable(MANY, 1_000);
        try (SourceBench bench = new SourceBench(fixture())) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> bench.read(table.query(), TestTable.ID, SourceBench.ALL, row -> {
                        throw new IllegalStateException("downstream broke");
                    }))
                    .withMessage("downstream broke");
            assertNoSessionStays();
        }
    }

    private void assertNoSessionStays() throws Exception {
        long deadline = System.nanoTime() + QUICK.toNanos();
        while (fixture().openSessions().orElse(0) > 0 && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(fixture().openSessions().orElse(0))
                .as("sessions left in the source")
                .isZero();
    }
}
