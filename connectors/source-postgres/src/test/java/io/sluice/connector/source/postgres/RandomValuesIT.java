package io.sluice.connector.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.connector.source.SourceQuery;
import java.io.StringReader;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.PGConnection;

/** Thousands of values, each compared with what the database itself prints. */
class RandomValuesIT {
    private static final int VALUES = 20_000;
    private static TestDatabase database;

    @BeforeAll
    static void create() throws Exception {
        database = TestDatabase.create();
        database.run("CREATE TABLE noise (id int, bits bigint, f8 float8, f4 float4, n numeric)");
        Random random = new Random(20261121);
        StringBuilder rows = new StringBuilder();
        for (int id = 0; id < VALUES; id++) {
            long bits = random.nextLong();
            double f8 =
                    switch (id % 4) {
                        case 0 -> Double.longBitsToDouble(bits);
                        case 1 -> Math.rint(random.nextDouble() * 1e9) / Math.pow(10, random.nextInt(10));
                        case 2 -> Double.longBitsToDouble(bits & 0x000F_FFFF_FFFF_FFFFL >>> random.nextInt(52));
                        default -> random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
                    };
            float f4 =
                    switch (id % 3) {
                        case 0 -> Float.intBitsToFloat((int) bits);
                        case 1 -> Math.round(random.nextFloat() * 1e6f) / (float) Math.pow(10, random.nextInt(8));
                        default -> Float.intBitsToFloat((int) bits & 0x007F_FFFF >>> random.nextInt(23));
                    };
            String digits = Long.toString(Math.abs(bits)) + Long.toString(Math.abs(random.nextLong()));
            int point = random.nextInt(digits.length());
            String numeric = (bits < 0 ? "-" : "") + digits.substring(0, point) + "." + digits.substring(point);
            rows.append(id)
                    .append('\t')
                    .append(bits)
                    .append('\t')
                    .append(f8)
                    .append('\t')
                    .append(f4)
                    .append('\t')
                    .append(id % 5 == 0 ? numeric + "e" + (random.nextInt(200) - 100) : numeric)
                    .append('\n');
        }
        database.connection()
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY noise FROM STDIN", new StringReader(rows.toString()));
    }

    @AfterAll
    static void close() throws Exception {
        database.close();
    }

    @ParameterizedTest
    @CsvSource({"bits, 0", "f8, 2000", "f4, 2000", "n, 0"})
    void numbersAreWrittenAsTheDatabaseWritesThem(String column, int otherDigits) throws Exception {
        // Java and PostgreSQL may choose other shortest digits of a float; both must read back as the same value.
        assertSameText("SELECT id, " + column + " AS v, " + column + "::text AS shown FROM noise", otherDigits);
    }

    @Test
    void datesAndTimesAreThoseOfTheDatabase() throws Exception {
        assertSameText(
                "SELECT id, d AS v, d::text AS shown FROM"
                        + " (SELECT id, ('2000-01-01'::date + (bits % 1000000)::int) AS d FROM noise) AS x",
                0);
        assertSameText(
                "SELECT id, t AS v, t::text AS shown FROM"
                        + " (SELECT id, ('2000-01-01'::timestamp + (bits / 1000000 % 60000000000) * interval '1 second') AS t"
                        + " FROM noise) AS x",
                0);
        assertSameText(
                "SELECT id, t AS v, t::text AS shown FROM (SELECT id, (bits % 86400)::int * interval '1 second'"
                        + " + '2001-02-03 04:05:06.000007'::timestamptz AS t FROM noise) AS x",
                0);
    }

    /** Texts are compared without what ISO adds: the T, the Z, and a blank before BC. */
    private static void assertSameText(String sql, int otherDigits) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        List<TestDatabase.Row> rows = database.read(new SourceQuery.Sql(sql), "id", "id", "shown", "v");
        assertThat(rows).hasSize(VALUES);
        int others = 0;
        for (TestDatabase.Row row : rows) {
            String shown =
                    mapper.readTree(row.payload()).get("shown").textValue().replace(" BC", "BC");
            String written = row.payload()
                    .substring(
                            row.payload().indexOf(",\"v\":") + 5, row.payload().length() - 1);
            String plain = written.replace("\"", "")
                    .replace('T', ' ')
                    .replace("Z", "+00")
                    .replace(" BC", "BC");
            if (otherDigits > 0 && !plain.equals(shown)) {
                others++;
                assertThat(sameNumber(plain, shown, sql.contains("f4")))
                        .as(row.payload())
                        .isTrue();
            } else {
                assertThat(plain).as(row.payload()).isEqualTo(shown);
            }
        }
        assertThat(others).isLessThanOrEqualTo(otherDigits);
    }

    private static boolean sameNumber(String written, String shown, boolean single) {
        return single
                ? Float.parseFloat(written) == Float.parseFloat(shown)
                : Double.parseDouble(written) == Double.parseDouble(shown);
    }
}
