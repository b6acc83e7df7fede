package io.sluice.differ.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.contract.Topics;
import io.sluice.differ.config.DifferConfig;
import io.sluice.support.kafka.ConsumedRecords;
import io.sluice.support.kafka.KafkaClients;
import io.sluice.support.kafka.KafkaSettings;
import io.sluice.support.kafka.ParkedMessages;
import io.sluice.support.kafka.RunPlans;
import io.sluice.support.kafka.TopicProvisioner;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts and stops Kafka Streams with the application. */
@Singleton
public class DifferStreams {
    private static final Logger LOG = LoggerFactory.getLogger(DifferStreams.class);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(8);

    private final KafkaClients clients;
    private final DifferConfig config;
    private final DifferMeters meters;
    private final MeterRegistry registry;
    private RunPlans plans;
    private ParkedMessages parked;
    private ConsumedRecords consumed;
    private KafkaStreams streams;
    private KafkaStreamsMetrics streamsMetrics;

    public DifferStreams(KafkaSettings kafka, DifferConfig config, DifferMeters meters, MeterRegistry registry) {
        this.clients = new KafkaClients(kafka);
        this.config = config;
        this.meters = meters;
        this.registry = registry;
    }

    void start(@Observes StartupEvent event) {
        new TopicProvisioner(clients).ensureAll();
        plans = new RunPlans(clients);
        parked = new ParkedMessages(clients);
        streams = new KafkaStreams(DifferTopology.build(clients, plans::find, meters), properties());
        streams.setUncaughtExceptionHandler(failure -> {
            LOG.error("a differ thread failed and is replaced", failure);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        streamsMetrics = new KafkaStreamsMetrics(streams);
        streamsMetrics.bindTo(registry);
        streams.start();
        consumed = ConsumedRecords.start(
                clients, () -> List.of(new ConsumedRecords.Reading(Topics.DIFFER_GROUP, Topics.SOURCE_RECORDS)));
    }

    /** The state of Kafka Streams, for health. */
    public KafkaStreams.State state() {
        return streams == null ? KafkaStreams.State.CREATED : streams.state();
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.putAll(clients.common());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, Topics.DIFFER_GROUP);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
        properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.standbyReplicas());
        properties.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, config.commitInterval().toMillis());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDirectory().toString());
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int)
                clients.settings().replicationFactor());
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocks.class);
        properties.put(BoundedRocks.MEMORY_MIB, config.storeMemoryMib());
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, ParkingHandler.class);
        properties.put(ParkingHandler.PARKED_MESSAGES, parked);
        properties.put(StreamsConfig.POLL_MS_CONFIG, 20L);
        // static membership: a killed and restarted replica has its partitions back at once
        String instance = "sluice.differ-" + clients.settings().instance();
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), instance);
        // a message holds hundreds of rows: a few in hand keep a thread busy, more would only fill the heap
        properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 12);
        properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), 1 << 20);
        properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MAX_BYTES_CONFIG), 6 << 20);
        properties.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, 4);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 256 << 10);
        // nobody sees a result before its commit, and a commit sends what is left: fewer, larger requests cost nothing
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 50);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG), 16L << 20);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), 16 << 20);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 30_000);
        return properties;
    }

    void stop(@Observes ShutdownEvent event) {
        if (consumed != null) {
            consumed.close();
        }
        if (streams != null) {
            streamsMetrics.close();
            streams.close(STOP_PATIENCE);
        }
        if (plans != null) {
            plans.close();
        }
        if (parked != null) {
            parked.close();
        }
    }
}
