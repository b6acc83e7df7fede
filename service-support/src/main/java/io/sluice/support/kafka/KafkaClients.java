package io.sluice.support.kafka;

import io.apicurio.registry.resolver.config.SchemaResolverConfig;
import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import io.apicurio.registry.serde.avro.AvroSerdeConfig;
import io.apicurio.registry.serde.avro.strategy.RecordIdStrategy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Makes Kafka clients that speak Sluice's contracts: keys are text, values Avro through the registry, one schema per topic
 * family (its artifact id is the record's full name). Readers are read_committed, producers idempotent. Thread-safe; each
 * call makes a new client that the caller closes.
 */
public final class KafkaClients {

    /** Schemas are immutable once they have an id: a day of caching only bounds how long a registry outage goes unseen. */
    private static final Duration SCHEMA_CACHE = Duration.ofDays(1);

    static {
        NativeCompression.load();
        // the generated classes read and write their fields themselves, without a walk over the schema for each record
        System.setProperty("org.apache.avro.specific.use_custom_coders", "true");
    }

    private final KafkaSettings settings;

    public KafkaClients(KafkaSettings settings) {
        this.settings = settings;
    }

    /** The settings these clients are made from. */
    public KafkaSettings settings() {
        return settings;
    }

    /**
     * A consumer in a group, with static membership: a replica that was killed and comes back takes its partitions over at
     * once. Offsets are never committed automatically; a new group starts at the earliest offset.
     */
    public <V extends SpecificRecord> KafkaConsumer<String, V> consumer(String group) {
        return consumer(group, Map.of());
    }

    /** The name under which {@link #consumer(String)} of this replica is a static member of a group. */
    public String memberName(String group) {
        return group + "-" + settings.instance();
    }

    /** As {@link #consumer(String)}, with properties of its own on top. */
    public <V extends SpecificRecord> KafkaConsumer<String, V> consumer(String group, Map<String, Object> overrides) {
        Map<String, Object> config = consumerConfig();
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, memberName(group));
        config.putAll(overrides);
        return new KafkaConsumer<>(config, new StringDeserializer(), deserializer());
    }

    /** A consumer without a group, for {@code assign}: each process reads everything. */
    public <V extends SpecificRecord> KafkaConsumer<String, V> broadcastConsumer() {
        return broadcastConsumer(Map.of());
    }

    /**
     * The same for topics that are nearly always silent: the broker may hold a request for seconds until there is something to
     * tell. So long closing it may take, too.
     */
    public <V extends SpecificRecord> KafkaConsumer<String, V> silentTopicConsumer() {
        return broadcastConsumer(Map.of(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 5_000));
    }

    private <V extends SpecificRecord> KafkaConsumer<String, V> broadcastConsumer(Map<String, Object> overrides) {
        Map<String, Object> config = consumerConfig();
        config.put(ConsumerConfig.CLIENT_ID_CONFIG, "sluice-broadcast-" + UUID.randomUUID());
        config.putAll(overrides);
        return new KafkaConsumer<>(config, new StringDeserializer(), deserializer());
    }

    /** An idempotent producer. */
    public <V extends SpecificRecord> KafkaProducer<String, V> producer() {
        return producer(Map.of());
    }

    /** An idempotent producer with properties of its own. */
    public <V extends SpecificRecord> KafkaProducer<String, V> producer(Map<String, Object> overrides) {
        Map<String, Object> config = producerConfig();
        config.putAll(overrides);
        return new KafkaProducer<>(config, new StringSerializer(), serializer());
    }

    /**
     * A transactional producer, initialised: whatever an earlier process left open under the same id is aborted.
     *
     * @param transactionalId stable over restarts of the same replica and role
     */
    public <V extends SpecificRecord> KafkaProducer<String, V> transactionalProducer(String transactionalId) {
        KafkaProducer<String, V> producer = producer(Map.of(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                transactionalId,
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                20_000,
                // read_committed: nobody sees a message before the commit, which sends what is left
                ProducerConfig.LINGER_MS_CONFIG,
                50));
        try {
            producer.initTransactions();
        } catch (RuntimeException failed) {
            producer.close(Duration.ZERO);
            throw failed;
        }
        return producer;
    }

    /** An admin client. */
    public Admin admin() {
        return Admin.create(common());
    }

    /** The configuration of consumers, for callers (such as Kafka Streams) that make their own. */
    public Map<String, Object> consumerConfig() {
        Map<String, Object> config = common();
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 << 20);
        config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 << 20);
        return config;
    }

    /** The configuration of producers, for callers that make their own. */
    public Map<String, Object> producerConfig() {
        Map<String, Object> config = common();
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 2);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 16 << 20);
        return config;
    }

    /** Connection properties shared by all clients, including those the operator added. */
    public Map<String, Object> common() {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", settings.bootstrapServers());
        config.put("reconnect.backoff.max.ms", 1_000);
        config.putAll(settings.properties());
        return config;
    }

    /** A value serializer; registers a schema at its first use. */
    public <V extends SpecificRecord> Serializer<V> serializer() {
        Map<String, Object> config = registryConfig();
        AvroKafkaSerializer<V> serializer = new AvroKafkaSerializer<>(BoundedRegistryClient.create(config));
        serializer.configure(config, false);
        return serializer;
    }

    /** A value deserializer into the generated classes. */
    public <V extends SpecificRecord> Deserializer<V> deserializer() {
        Map<String, Object> config = registryConfig();
        AvroKafkaDeserializer<V> deserializer = new AvroKafkaDeserializer<>(BoundedRegistryClient.create(config));
        deserializer.configure(config, false);
        return deserializer;
    }

    private Map<String, Object> registryConfig() {
        Map<String, Object> config = new HashMap<>();
        config.put(SchemaResolverConfig.REGISTRY_URL, settings.registryUrl());
        config.put(SchemaResolverConfig.HTTP_ADAPTER, "JDK");
        config.put(SchemaResolverConfig.ARTIFACT_RESOLVER_STRATEGY, RecordIdStrategy.class.getName());
        config.put(SchemaResolverConfig.AUTO_REGISTER_ARTIFACT, true);
        config.put(SchemaResolverConfig.AUTO_REGISTER_ARTIFACT_IF_EXISTS, "FIND_OR_CREATE_VERSION");
        config.put(SchemaResolverConfig.CHECK_PERIOD_MS, SCHEMA_CACHE.toMillis());
        config.put(SchemaResolverConfig.FAULT_TOLERANT_REFRESH, true);
        config.put(SchemaResolverConfig.RETRY_COUNT, 10L);
        config.put(SchemaResolverConfig.RETRY_BACKOFF_MS, 500L);
        config.put(AvroSerdeConfig.USE_SPECIFIC_AVRO_READER, true);
        return config;
    }
}
