package io.sluice.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.embedded.PostgresDatabase;
import io.sluice.testsupport.quarkus.SluicePartsResource;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RealParts
final class PartsIT {
    @Test
    void allPartsAnswer(KafkaPart kafka, PostgresPart postgres, RegistryPart registry) throws Exception {
        try (Admin admin = kafka.admin()) {
            assertThat(admin.describeCluster().nodes().get(30, TimeUnit.SECONDS))
                    .hasSize(1);
        }
        try (Connection connection = postgres.newDatabase("Some Name").connect()) {
            assertThat(connection.isValid(5)).isTrue();
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(registry.url() + "/system/info"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void sharedPartsAreStartedOnceAndDatabasesAreDistinct() {
        assertThat(Parts.kafka().bootstrapServers()).isEqualTo(Parts.kafka().bootstrapServers());
        assertThat(Parts.postgres().newDatabase("twin").name())
                .isNotEqualTo(Parts.postgres().newDatabase("twin").name());
    }

    @Test
    void theQuarkusResourceGivesTheirAddresses() throws Exception {
        SluicePartsResource resource = new SluicePartsResource();
        resource.init(Map.of("parts", "kafka, postgres", "database", "quarkus"));
        Map<String, String> config = resource.start();
        assertThat(config)
                .containsEntry("sluice.kafka.bootstrap-servers", Parts.kafka().bootstrapServers())
                .doesNotContainKey("sluice.kafka.registry-url");
        try (Connection connection = DriverManager.getConnection(
                config.get("quarkus.datasource.jdbc.url"),
                config.get("quarkus.datasource.username"),
                config.get("quarkus.datasource.password"))) {
            assertThat(connection.getCatalog()).startsWith("quarkus_");
        }
        resource.stop();
    }

    @Test
    void csvBecomesATableWithEmptyAsNull(@TempDir Path folder) throws Exception {
        Path csv = folder.resolve("words.csv");
        Files.writeString(csv, "id,\"a word\",note\n1,\"x,y\",\"\"\n2,,\"two\nlines\"\n");
        PostgresDatabase database = Parts.postgres().newDatabase("csv");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            assertThat(CsvTables.load(connection, "Words", csv, Map.of("id", "integer")))
                    .isEqualTo(2);
            try (ResultSet rows = statement.executeQuery("select id, \"a word\", note from \"Words\" order by id")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getObject(1)).isEqualTo(1);
                assertThat(rows.getString(2)).isEqualTo("x,y");
                assertThat(rows.getString(3)).isNull();
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(2)).isNull();
                assertThat(rows.getString(3)).isEqualTo("two\nlines");
            }
        }
    }

    @Test
    @NeedsSharedData
    void ourAirportsLoads() throws Exception {
        try (Connection connection = Parts.postgres().newDatabase("airports").connect()) {
            assertThat(CsvTables.load(
                            connection, "runways", SharedData.ourAirports("runways.csv"), Map.of("id", "bigint")))
                    .isEqualTo(48_184);
        }
    }
}
