package io.sluice.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The topic catalogue (architecture section 4). The topics of {@link #perRecord} are co-partitioned: partition p of one
 * feeds task p of the next, all the way, so they all have the same partition count.
 */
public final class Topics {

    /** control-plane (and differ, to have a run read again) to extractor and loader; key sync id. */
    public static final String RUN_COMMANDS = "sluice.run-commands";

    /** control-plane to all workers, compacted; key sync run id. */
    public static final String RUN_PLANS = "sluice.run-plans";

    /** control-plane to extractor, loader and tracking, compacted; key as {@link #connectionKey}. */
    public static final String CONNECTIONS = "sluice.connections";

    /** extractor to differ; key sync id. Deleted when consumed. */
    public static final String SOURCE_RECORDS = "sluice.source-records";

    /** loader and differ to differ and tracking; key sync id. */
    public static final String OUTCOMES = "sluice.outcomes";

    /** every stage to control-plane; key sync run id. */
    public static final String RUN_EVENTS = "sluice.run-events";

    /** control-plane to tracking and extractor, compacted; key organization id. */
    public static final String FACT_TABLES = "sluice.fact-tables";

    /**
     * differ to control-plane, compacted; key as {@link QuarantineKey}. The control plane keeps the list, so messages need
     * not stay longer than it may be down.
     */
    public static final String QUARANTINE = "sluice.quarantine";

    /** Where poison messages are parked, with their origin and reason in headers. */
    public static final String PARKED = "sluice.parked";

    /** Consumer group of the differ, which has one place in each partition of what it reads. */
    public static final String DIFFER_GROUP = "sluice.differ";

    private static final String OPERATIONS_PREFIX = "sluice.operations.";

    /**
     * What one stage sends to the next is deleted when that has consumed it; so long it is kept when that does not come. A run
     * whose operations are deleted unread would never end.
     */
    private static final Duration LONGEST_OUTAGE = Duration.ofDays(30);

    private Topics() {}

    /** differ to the loader lane of one destination; key sync id. Deleted when consumed. */
    public static String operations(long destinationId) {
        return OPERATIONS_PREFIX + destinationId;
    }

    /** Key of a connection in {@link #CONNECTIONS}. */
    public static String connectionKey(ConnectionKind kind, long connectionId) {
        return switch (kind) {
            case SOURCE -> "source-" + connectionId;
            case DESTINATION -> "destination-" + connectionId;
            case BUCKET -> "bucket-" + connectionId;
        };
    }

    /**
     * One topic as it must exist.
     *
     * @param name topic name
     * @param partitions partition count
     * @param config broker-side topic settings
     */
    public record Definition(String name, int partitions, Map<String, String> config) {
        public Definition {
            config = Map.copyOf(config);
        }
    }

    /** Every topic that exists from the start, {@code partitions} being the count of the co-partitioned ones. */
    public static List<Definition> all(int partitions) {
        List<Definition> topics = new ArrayList<>();
        topics.add(new Definition(RUN_COMMANDS, 4, kept(Duration.ofDays(7))));
        topics.add(new Definition(RUN_PLANS, 1, Map.of("cleanup.policy", "compact")));
        topics.add(new Definition(CONNECTIONS, 1, Map.of("cleanup.policy", "compact")));
        // one message holds all facts of an organization
        topics.add(new Definition(
                FACT_TABLES, 1, Map.of("cleanup.policy", "compact", "max.message.bytes", Integer.toString(16 << 20))));
        topics.add(new Definition(
                QUARANTINE,
                4,
                Map.of(
                        "cleanup.policy",
                        "compact,delete",
                        "retention.ms",
                        Long.toString(Duration.ofDays(14).toMillis()))));
        topics.add(new Definition(RUN_EVENTS, 4, kept(Duration.ofDays(3))));
        // as large as the largest message that may have to be parked
        topics.add(perRecord(PARKED, 1, Duration.ofDays(14)));
        topics.add(perRecord(SOURCE_RECORDS, partitions, LONGEST_OUTAGE));
        topics.add(perRecord(OUTCOMES, partitions, Duration.ofDays(3)));
        return List.copyOf(topics);
    }

    /** The operations topic of one destination. */
    public static Definition operationsDefinition(long destinationId, int partitions) {
        return perRecord(operations(destinationId), partitions, LONGEST_OUTAGE);
    }

    private static Definition perRecord(String name, int partitions, Duration retention) {
        return new Definition(
                name,
                partitions,
                Map.of(
                        "retention.ms", Long.toString(retention.toMillis()),
                        "segment.bytes", Integer.toString(128 << 20),
                        "max.message.bytes", Integer.toString(16 << 20)));
    }

    private static Map<String, String> kept(Duration retention) {
        return Map.of("retention.ms", Long.toString(retention.toMillis()));
    }
}
