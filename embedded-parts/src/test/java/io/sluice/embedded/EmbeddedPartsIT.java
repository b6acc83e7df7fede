package io.sluice.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts start, keep what they were given over an orderly stop and over kill -9, and end when asked. */
final class EmbeddedPartsIT {
    private final PartsDirectory parts = PartsDirectory.find();

    @TempDir
    Path folder;

    @Test
    void kafkaKeepsItsRecordsOverKillAndStopOnTheSamePort() throws Exception {
        Path pid = folder.resolve("run/kafka.pid");
        try (EmbeddedKafka kafka = new EmbeddedKafka(
                parts,
                new EmbeddedKafka.Settings(
                        folder.resolve("kafka"),
                        Ports.free(),
                        "384m",
                        folder.resolve("kafka.log"),
                        Optional.of(pid)))) {
            kafka.start();
            try (Admin admin =
                    Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
                admin.createTopics(List.of(new NewTopic("words", 1, (short) 1)))
                        .all()
                        .get(30, TimeUnit.SECONDS);
            }
            send(kafka, "before");
            assertThat(kafka.residentBytes()).isGreaterThan(50L << 20);
            assertThat(pid).exists();

            kafka.kill();
            assertThat(kafka.isAlive()).isFalse();
            assertThat(pid).doesNotExist();
            kafka.start();
            send(kafka, "after the kill");

            kafka.stop();
            kafka.start();

            assertThat(read(kafka, 2)).containsExactly("before", "after the kill");
        }
    }

    private static void send(EmbeddedKafka kafka, String word) throws Exception {
        Map<String, Object> settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.bootstrapServers(),
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "writer");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("words", word)).get(30, TimeUnit.SECONDS);
            producer.commitTransaction();
        }
    }

    private static List<String> read(EmbeddedKafka kafka, int count) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka.bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest");
        List<String> words = new java.util.ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition("words", 0)));
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (words.size() < count && System.nanoTime() < deadline) {
                ConsumerRecords<String, String> records = consumer.poll(Duration.ofMillis(200));
                records.forEach(record -> words.add(record.value()));
            }
        }
        return words;
    }

    @Test
    void postgresKeepsCommittedRowsOverKillAndStop() throws Exception {
        try (EmbeddedPostgres postgres = new EmbeddedPostgres(
                parts,
                new EmbeddedPostgres.Settings(
                        folder.resolve("a folder/pg"),
                        Ports.free(),
                        "s3cret'\"",
                        true,
                        folder.resolve("pg.log"),
                        Optional.of(folder.resolve("run/pg.pid"))))) {
            postgres.start();
            PostgresDatabase shop = postgres.ensureDatabase("shop", "keeper", "p'w");
            try (Connection connection = shop.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("create table item (id int primary key, name text)");
                statement.execute("insert into item values (1, 'crème 🍦')");
            }

            try (Connection connection =
                            postgres.ensureReader(shop, "reader", "r'").connect();
                    Statement statement = connection.createStatement()) {
                statement.executeQuery("select name from item").close();
                assertThatThrownBy(() -> statement.execute("delete from item"))
                        .hasMessageContaining("permission denied");
            }

            postgres.kill();
            assertThat(postgres.isAlive()).isFalse();
            postgres.start();
            postgres.stop();
            postgres.start();

            assertThat(postgres.ensureDatabase("shop", "keeper", "new password").connect())
                    .satisfies(connection -> {
                        try (connection;
                                Statement statement = connection.createStatement();
                                ResultSet rows = statement.executeQuery("select name from item")) {
                            assertThat(rows.next()).isTrue();
                            assertThat(rows.getString(1)).isEqualTo("crème 🍦");
                        }
                    });
        }
    }

    @Test
    void registryKeepsSchemasInPostgres() throws Exception {
        try (EmbeddedPostgres postgres = new EmbeddedPostgres(
                parts,
                new EmbeddedPostgres.Settings(
                        folder.resolve("pg"), Ports.free(), "pw", false, folder.resolve("pg.log"), Optional.empty()))) {
            postgres.start();
            EmbeddedRegistry.Settings settings = new EmbeddedRegistry.Settings(
                    Ports.free(),
                    Ports.free(),
                    Optional.of(postgres.ensureDatabase("registry", "registry", "pw")),
                    EmbeddedRegistry.Settings.DEFAULT_HEAP,
                    folder.toString(),
                    folder.resolve("registry.log"),
                    Optional.empty());
            try (EmbeddedRegistry registry = new EmbeddedRegistry(parts, settings)) {
                registry.start();
                assertThat(
                                call(
                                        registry,
                                        "POST",
                                        "/groups/default/artifacts",
                                        """
                        {"artifactId": "word", "artifactType": "AVRO", "firstVersion": {"content":
                          {"content": "{\\"type\\":\\"string\\"}", "contentType": "application/json"}}}
                        """))
                        .isEqualTo(200);
                registry.kill();
                registry.start();
                assertThat(call(registry, "GET", "/groups/default/artifacts/word", null))
                        .isEqualTo(200);
            }
        }
        assertThat(Files.readString(folder.resolve("registry.log"))).doesNotContain("Exception");
    }

    private static int call(EmbeddedRegistry registry, String method, String path, String body) throws Exception {
        HttpRequest.BodyPublisher publisher =
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(registry.url() + path))
                    .header("Content-Type", "application/json")
                    .method(method, publisher)
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        }
    }
}
