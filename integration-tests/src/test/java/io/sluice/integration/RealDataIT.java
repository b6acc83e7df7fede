package io.sluice.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.embedded.PostgresDatabase;
import io.sluice.testsupport.CsvTables;
import io.sluice.testsupport.NeedsSharedData;
import io.sluice.testsupport.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Real data sets from one PostgreSQL database to another through all five services. */
@NeedsSharedData
class RealDataIT {
    private static final String RUNWAYS_DIFFER = "select count(*) from ((table runways except table runways_copy)"
            + " union all (table runways_copy except table runways)) d";

    @Test
    @DisplayName(
            "AC-1: 48,184 runways: all on the first run, none on the second, exactly the changed ones on the third")
    void runways() throws Exception {
        // Given source and destination in one database, so that one can compare them in SQL
        PostgresDatabase database = StackUnderTest.database("runways");
        List<String> columns = load(database, "runways", Map.of("id", "bigint"));
        Tables.execute(database, "create table runways_copy (like runways)");
        Tables.execute(database, "alter table runways_copy add primary key (id)");
        Syncs syncs = new Syncs(database, database);
        long sync = syncs.create("runways", "runways_copy", "upsert", columns);

        // When
        JsonNode first = syncs.run(sync);

        // Then
        assertThat(first.path("source_record_count").asLong()).isEqualTo(48_184);
        assertThat(first.path("records_processed").asLong()).isEqualTo(48_184);
        assertThat(first.path("records_updated").asLong()).isEqualTo(48_184);
        assertThat(Tables.count(database, RUNWAYS_DIFFER)).isZero();
        Syncs.assertTrackingMatches(first);

        // When nothing changes
        JsonNode second = syncs.run(sync);
        assertThat(second.path("records_processed").asLong()).isZero();
        Syncs.assertTrackingMatches(second);

        // When n rows change
        int changed = Tables.execute(database, "update runways set surface = 'MUD' where id % 391 = 0");
        JsonNode third = syncs.run(sync);

        // Then
        assertThat(changed).isPositive();
        assertThat(third.path("records_processed").asLong()).isEqualTo(changed);
        assertThat(Tables.count(database, RUNWAYS_DIFFER)).isZero();
        Syncs.assertTrackingMatches(third);
    }

    @Test
    @DisplayName(
            "AC-3/AC-4/KEY-6: navaids by associated airport: NULL and DUPLICATE rows are invalid; mirror deletes only"
                    + " what it sent")
    void navaids() throws Exception {
        // Given
        PostgresDatabase database = StackUnderTest.database("navaids");
        load(database, "navaids", Map.of("id", "bigint"));
        Tables.execute(database, "create table airports (associated_airport text primary key, name text, type text)");
        Tables.execute(database, "insert into airports values ('THEIRS', 'never sent by us', 'x')");
        Syncs syncs = new Syncs(database, database);
        long sync = syncs.create("navaids", "airports", "mirror", List.of("associated_airport", "name", "type"));

        // When
        JsonNode first = syncs.run(sync);

        // Then
        assertThat(first.path("source_record_count").asLong()).isEqualTo(11_008);
        assertThat(first.path("source_record_invalids").asLong()).isEqualTo(3_634 + 4_829);
        assertThat(first.path("records_updated").asLong()).isEqualTo(2_545);
        assertThat(first.path("source_record_deletes").asLong()).isZero();
        assertThat(Syncs.tracked(sync, first.path("id").asLong()))
                .containsExactlyInAnyOrderEntriesOf(Map.of("succeeded", 2_545L, "NULL", 3_634L, "DUPLICATE", 4_829L));

        // When forty synced rows disappear, and one synced identifier becomes duplicated
        int removed = Tables.execute(
                database,
                "delete from navaids where associated_airport in (select associated_airport from airports"
                        + " where associated_airport <> 'THEIRS' order by 1 limit 40)");
        Tables.execute(
                database,
                "insert into navaids (associated_airport, name, type) select associated_airport, 'twin', type from"
                        + " airports where associated_airport in (select associated_airport from navaids) order by 1"
                        + " limit 1");
        JsonNode second = syncs.run(sync);

        // Then
        assertThat(removed).isEqualTo(40);
        assertThat(second.path("source_record_deletes").asLong()).isEqualTo(40);
        assertThat(second.path("source_record_updates").asLong()).isZero();
        assertThat(second.path("source_record_invalids").asLong()).isEqualTo(3_634 + 4_829 + 2);
        assertThat(Tables.count(database, "select count(*) from airports")).isEqualTo(2_545 - 40 + 1);
        assertThat(Tables.count(database, "select count(*) from airports where name = 'twin'"))
                .isZero();
        Syncs.assertTrackingMatches(second);
    }

    @Test
    @DisplayName("Naughty strings pass through byte for byte; what PostgreSQL refuses is rejected with its reason")
    void naughtyStrings() throws Exception {
        // Given
        PostgresDatabase database = StackUnderTest.database("naughty");
        List<String> strings = new ArrayList<>();
        for (JsonNode text :
                new ObjectMapper().readTree(SharedData.naughtyStrings().toFile())) {
            if (text.asText().indexOf('\0') < 0) {
                strings.add(text.asText());
            }
        }
        Tables.execute(database, "create table strings (id integer primary key, value text)");
        Tables.execute(
                database,
                "create table strings_copy (id integer primary key, value text check (value <> 'undefined'))");
        insert(database, strings);
        Syncs syncs = new Syncs(database, database);
        long sync = syncs.create("strings", "strings_copy", "upsert", List.of("id", "value"));

        // When
        JsonNode run = syncs.run(sync);

        // Then
        long refused = strings.stream().filter("undefined"::equals).count();
        assertThat(strings).hasSizeGreaterThan(400);
        assertThat(run.path("records_failed").asLong()).isEqualTo(refused).isPositive();
        assertThat(run.path("records_updated").asLong()).isEqualTo(strings.size() - refused);
        assertThat(Tables.count(
                        database,
                        "select count(*) from strings s left join strings_copy c using (id) where convert_to(s.value,"
                                + " 'UTF8') is distinct from convert_to(c.value, 'UTF8') and s.value <> 'undefined'"))
                .isZero();
        Syncs.assertTrackingMatches(run);
    }

    private static void insert(PostgresDatabase database, List<String> strings) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement("insert into strings values (?, ?)")) {
            for (int i = 0; i < strings.size(); i++) {
                statement.setInt(1, i);
                statement.setString(2, strings.get(i));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static List<String> load(PostgresDatabase database, String table, Map<String, String> types)
            throws SQLException, IOException {
        try (Connection connection = database.connect()) {
            CsvTables.load(connection, table, SharedData.ourAirports(table + ".csv"), types);
        }
        try (var lines = Files.lines(SharedData.ourAirports(table + ".csv"))) {
            return List.of(lines.findFirst().orElseThrow().replace("\"", "").split(","));
        }
    }
}
