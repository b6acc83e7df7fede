package io.sluice.connector.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.connector.source.postgres.TestDatabase.Row;
import io.sluice.testsupport.CsvTables;
import io.sluice.testsupport.NeedsSharedData;
import io.sluice.testsupport.SharedData;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real tables: the figures are those of shared/data/README.md. */
@NeedsSharedData
class SharedDataIT {
    private static TestDatabase database;

    @BeforeAll
    static void create() throws Exception {
        database = TestDatabase.create();
        for (String table : List.of("runways", "navaids", "regions", "airport-frequencies")) {
            CsvTables.load(
                    database.connection(), table, SharedData.ourAirports(table + ".csv"), Map.of("id", "integer"));
        }
    }

    @AfterAll
    static void close() throws Exception {
        database.close();
    }

    @ParameterizedTest
    @CsvSource({
        "runways, id, 48184, 0, 0",
        "runways, airport_ident, 48184, 0, 12572",
        "navaids, associated_airport, 11008, 3634, 4829",
        "navaids, filename, 11008, 0, 1132",
        "regions, local_code, 3987, 0, 3182",
        "airport-frequencies, airport_ident, 30340, 0, 26699"
    })
    void identifiersAreCounted(String table, String identifier, long rows, long nulls, long duplicates)
            throws Exception {
        List<Row> read = database.read(database.table(table), identifier, identifier);

        assertThat(read).hasSize((int) rows);
        assertThat(read.stream().filter(row -> row.identifier() == null).count())
                .isEqualTo(nulls);
        assertThat(read.stream().filter(Row::duplicate).count()).isEqualTo(duplicates);
    }

    @Test
    void textOfTheWorldSurvives() throws Exception {
        Map<Integer, String> names = new HashMap<>();
        try (var statement = database.connection().createStatement();
                var row = statement.executeQuery("SELECT id, name, keywords FROM regions")) {
            while (row.next()) {
                names.put(row.getInt(1), row.getString(2) + "|" + row.getString(3));
            }
        }
        ObjectMapper mapper = new ObjectMapper();

        List<Row> read = database.read(database.table("regions"), "id", "id", "keywords", "name");

        assertThat(read).hasSize(names.size());
        for (Row row : read) {
            JsonNode payload = mapper.readTree(row.payload());
            assertThat(payload.get("name").textValue() + "|"
                            + payload.get("keywords").textValue())
                    .isEqualTo(names.get(payload.get("id").intValue()));
        }
    }

    @Test
    void naughtyStringsSurvive() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        List<String> strings = naughtyStrings(mapper);
        database.run("CREATE TABLE naughty (id int, v text)");
        try (PreparedStatement insert = database.connection().prepareStatement("INSERT INTO naughty VALUES (?, ?)")) {
            for (int id = 0; id < strings.size(); id++) {
                insert.setInt(1, id);
                insert.setString(2, strings.get(id));
                insert.addBatch();
            }
            insert.executeBatch();
        }

        List<Row> rows = database.read(database.table("naughty"), "id", "id", "v");

        assertThat(rows).hasSize(strings.size());
        for (Row row : rows) {
            assertThat(mapper.readTree(row.payload()).get("v").textValue())
                    .isEqualTo(strings.get(Integer.parseInt(row.identifier())));
        }
    }

    private static List<String> naughtyStrings(ObjectMapper mapper) throws IOException {
        List<String> strings = new ArrayList<>();
        mapper.readTree(SharedData.naughtyStrings().toFile()).forEach(node -> strings.add(node.textValue()));
        assertThat(strings).hasSizeGreaterThan(400);
        return strings;
    }
}
