package io.sluice.connector.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.sluice.connector.source.ReadRequest;
import io.sluice.connector.source.RecordReader;
import io.sluice.connector.source.SourceConnection;
import io.sluice.connector.source.SourceQuery;
import io.sluice.testsupport.Eventually;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Run by hand (README.md says how): rows per second of each way to read 1,000,000 rows of 20 mixed columns, beside a
 * plain binary COPY whose bytes are thrown away.
 */
final class SpeedCheck {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final List<String> COLUMNS =
            IntStream.range(1, 21).mapToObj(index -> "c%02d".formatted(index)).toList();

    private SpeedCheck() {}

    /** Something to measure; answers how many rows it saw. */
    @FunctionalInterface
    private interface Work {
        long run() throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        try (TestDatabase database = TestDatabase.create()) {
            fill(database, rows);
            for (int round = 1; round <= 3; round++) {
                System.out.println("round " + round);
                measure(database, "plain COPY, bytes thrown away", () -> drain(database));
                measure(database, "table, unique index", () -> read(database, database.table("wide"), "c01"));
                measure(
                        database,
                        "table, no index, no duplicates",
                        () -> read(database, database.table("wide"), "c05"));
                measure(
                        database,
                        "table, no index, all duplicates",
                        () -> read(database, database.table("wide"), "c03"));
                measure(
                        database,
                        "query (kept by the server)",
                        () -> read(database, new SourceQuery.Sql("SELECT * FROM wide"), "c01"));
            }
        }
        System.exit(0);
    }

    private static void fill(TestDatabase database, int rows) throws Exception {
        database.run(
                """
                CREATE UNLOGGED TABLE wide AS SELECT
                  i AS c01, (i::int8 * 7919 %% 100000)::int4 AS c02, (i %% 1000)::int8 AS c03, i::int8 * 1000003 AS c04,
                  'customer-' || i AS c05, (i %% 100000)::numeric / 100 AS c06, (i * 1.0001)::numeric(18,4) AS c07,
                  md5(i::text) AS c08, 'Straße ' || (i %% 977) || ', "Łódź"' AS c09,
                  timestamptz '2024-01-01 00:00+00' + i * interval '1.000123 s' AS c10,
                  timestamp '2020-02-29 12:00' - i * interval '1 min' AS c11, date '2024-01-01' + i %% 1000 AS c12,
                  i %% 2 = 0 AS c13, i %% 3 = 0 AS c14, (i / 7.0)::float8 AS c15, md5((i * 3)::text)::uuid AS c16,
                  jsonb_build_object('tier', i %% 5, 'tags', jsonb_build_array('a', 'b"c', i)) AS c17,
                  CASE WHEN i %% 4 = 0 THEN NULL ELSE 'note ' || i END AS c18, repeat('x', i %% 40) AS c19,
                  i %% 17 AS c20
                FROM generate_series(1, %d) AS i"""
                        .formatted(rows),
                "CREATE UNIQUE INDEX ON wide (c01)",
                "VACUUM ANALYZE wide");
    }

    private static long drain(TestDatabase database) throws Exception {
        try (TestDatabase session = database.again()) {
            CopyOut copy = session.connection()
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY wide TO STDOUT (FORMAT binary)");
            long messages = 0;
            while (copy.readFromCopy() != null) {
                messages++;
            }
            return messages;
        }
    }

    private static long read(TestDatabase database, SourceQuery query, String identifier) throws Exception {
        long[] seen = new long[2];
        try (SourceConnection source = database.open();
                RecordReader reader = source.read(new ReadRequest(query, COLUMNS, identifier))) {
            reader.read(row -> {
                seen[0]++;
                seen[1] += row.payload().length;
                return true;
            });
        }
        return seen[0];
    }

    private static void measure(TestDatabase database, String what, Work work) throws Exception {
        double server = serverCpuSeconds();
        long cpu = SYSTEM.getProcessCpuTime();
        long start = System.nanoTime();
        long rows = work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuSeconds = (SYSTEM.getProcessCpuTime() - cpu) / 1e9;
        Eventually.eventually(Duration.ofSeconds(10), () -> assertThat(
                        database.count("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'sluice'"))
                .isZero());
        System.out.println(String.format(
                Locale.ROOT,
                "%-34s %,10d rows %6.2f s %,9.0f rows/s  CPU here %5.2f s, server %5.2f s",
                what,
                rows,
                seconds,
                rows / seconds,
                cpuSeconds,
                serverCpuSeconds() - server));
    }

    /** CPU time of all server processes that have ended: the server's first process has inherited it. Linux only. */
    private static double serverCpuSeconds() throws Exception {
        double ticks = 0;
        for (ProcessHandle process : ProcessHandle.current().descendants().toList()) {
            Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
            if (process.info().command().orElse("").endsWith("/postgres") && Files.isReadable(stat)) {
                String text = Files.readString(stat, StandardCharsets.UTF_8);
                String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
                ticks += Double.parseDouble(fields[13]) + Double.parseDouble(fields[14]);
            }
        }
        return ticks / 100;
    }
}
