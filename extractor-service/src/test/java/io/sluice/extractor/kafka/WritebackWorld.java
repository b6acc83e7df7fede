package io.sluice.extractor.kafka;

import io.sluice.connectorruntime.ConnectorCatalog;
import io.sluice.contract.ConnectionConfig;
import io.sluice.contract.ConnectionKind;
import io.sluice.contract.Topics;
import io.sluice.embedded.PostgresDatabase;
import io.sluice.support.kafka.ConnectionConfigs;
import io.sluice.support.kafka.KafkaClients;
import io.sluice.support.kafka.KafkaSettings;
import io.sluice.support.kafka.TopicProvisioner;
import io.sluice.support.secret.SettingsCipher;
import io.sluice.testsupport.Parts;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Kafka, a source that keeps its state itself, and its credentials in the topic of connections. */
final class WritebackWorld implements AutoCloseable {
    static final int PARTITIONS = 2;

    final PostgresDatabase database = Parts.postgres().newDatabase("writeback");
    final KafkaClients clients = new KafkaClients(new TestSettings());
    final KafkaProducer<String, SpecificRecord> producer;
    final SourceOpening sources;
    private final SettingsCipher cipher = new SettingsCipher(randomKey());
    private final ConnectionConfigs connections;

    WritebackWorld() {
        new TopicProvisioner(clients).ensureAll();
        producer = clients.producer();
        connections = new ConnectionConfigs(clients);
        sources = new SourceOpening(
                new ConnectorCatalog(Thread.currentThread().getContextClassLoader()), connections, cipher);
    }

    private static String randomKey() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }

    /** Starts to follow connections, and facts. */
    FactTablesWriter factTablesWriter() {
        FactTablesWriter writer = new FactTablesWriter(clients, connections, sources);
        connections.start();
        return writer;
    }

    /** Starts to follow connections. */
    void start() {
        connections.start();
    }

    void saveSource(long sourceId, boolean writeback) {
        String key = Topics.connectionKey(ConnectionKind.SOURCE, sourceId);
        Map<String, String> settings = Map.of(
                "hostname", database.host(),
                "port", Integer.toString(database.port()),
                "database", database.name(),
                "user", database.user(),
                "password", database.password());
        ByteBuffer encrypted = ByteBuffer.wrap(cipher.encrypt(settings, key));
        send(
                Topics.CONNECTIONS,
                0,
                key,
                new ConnectionConfig(ConnectionKind.SOURCE, sourceId, 1L, "postgres", encrypted, writeback));
    }

    void send(String topic, int partition, String key, SpecificRecord value) {
        producer.send(new ProducerRecord<>(topic, partition, key, value));
        producer.flush();
    }

    /** Rows as text, columns joined by bars; nothing where the table is not there yet. */
    List<String> rows(String sql) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    values.add(String.valueOf(result.getString(column)));
                }
                rows.add(String.join("|", values));
            }
        } catch (SQLException notYet) {
            return List.of();
        }
        return rows;
    }

    @Override
    public void close() {
        producer.close();
        connections.close();
    }

    private record TestSettings() implements KafkaSettings {
        @Override
        public String bootstrapServers() {
            return Parts.kafka().bootstrapServers();
        }

        @Override
        public String registryUrl() {
            return Parts.registry().url();
        }

        @Override
        public Optional<String> instanceId() {
            return Optional.of("writeback");
        }

        @Override
        public int partitions() {
            return PARTITIONS;
        }

        @Override
        public short replicationFactor() {
            return 1;
        }

        @Override
        public Map<String, String> properties() {
            return Map.of();
        }
    }
}
