package io.sluice.differ.kafka;

import io.sluice.contract.RunPlan;
import io.sluice.contract.Topics;
import io.sluice.support.kafka.KafkaClients;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/**
 * Source records and outcomes of one partition meet in one task, next to their state (architecture section 3).
 *
 * <p>Two stores: {@link #ACCEPTED_STORE} with an entry per synced record, and {@link #RUNS_STORE} with the little there is
 * per sync and run. Neither is cached: an entry of Kafka Streams' record cache keeps the whole source message it came with
 * (KIP-1034 keeps the raw value in the record context, and the cache does not count it), so a few thousand small entries held
 * hundreds of megabytes. The seen marks need no cache: rows come in about the order of their ordinals, so a message touches
 * a chunk or two.
 */
public final class DifferTopology {
    /** Entry per synced record. */
    public static final String ACCEPTED_STORE = "accepted";
    /** Counters, progress, seen marks, emission logs and failing records. */
    public static final String RUNS_STORE = "runs";

    private DifferTopology() {}

    /** The topology. */
    public static Topology build(KafkaClients clients, LongFunction<Optional<RunPlan>> plans, DifferMeters meters) {
        Deserializer<SpecificRecord> values = clients.deserializer();
        Serde<Bytes> keys = Serdes.Bytes();
        // large segments compact rarely and a state entry is small: fewer, larger files suit the changelog
        Map<String, String> changelog = Map.of("segment.bytes", Integer.toString(64 << 20));
        Topology topology = new Topology();
        topology.addSource("source-records", new StringDeserializer(), values, Topics.SOURCE_RECORDS);
        topology.addSource("outcomes", new StringDeserializer(), values, Topics.OUTCOMES);
        topology.addProcessor(
                "differ",
                () -> new DifferProcessor(plans, meters, clients.settings().partitions()),
                "source-records",
                "outcomes");
        topology.addStateStore(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(ACCEPTED_STORE), keys, Serdes.ByteArray())
                        .withLoggingEnabled(changelog)
                        .withCachingDisabled(),
                "differ");
        topology.addStateStore(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(RUNS_STORE), keys, Serdes.ByteArray())
                        .withLoggingEnabled(changelog)
                        .withCachingDisabled(),
                "differ");
        topology.addSink(
                "results",
                (key, routed, context) -> routed.topic(),
                new StringSerializer(),
                routed(clients.serializer()),
                (topic, key, routed, partitions) ->
                        routed.partition() < 0 ? Optional.empty() : Optional.of(Set.of(routed.partition())),
                "differ");
        return topology;
    }

    private static Serializer<Routed> routed(Serializer<SpecificRecord> avro) {
        return (topic, routed) -> avro.serialize(topic, routed.value());
    }
}
