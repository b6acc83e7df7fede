package io.sluice.tracking.kafka;

import io.sluice.bucket.StorageException;
import io.sluice.contract.FactTables;
import io.sluice.contract.Topics;
import io.sluice.support.kafka.CompactedTopic;
import io.sluice.support.kafka.KafkaClients;
import io.sluice.tracking.bucket.Retention;
import io.sluice.tracking.bucket.Uploader;
import io.sluice.tracking.config.StorageConfig;
import io.sluice.tracking.facts.FactTableWriter;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What goes on beside the consumer: uploads from the spool, fact tables, and the removal of what is old. */
final class Background implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Background.class);
    private static final Duration FACTS = Duration.ofSeconds(2);

    private final TrackingStores stores;
    private final List<Chore> chores;
    private final CompactedTopic<FactTables> facts;

    private Background(TrackingStores stores, List<Chore> chores, CompactedTopic<FactTables> facts) {
        this.stores = stores;
        this.chores = chores;
        this.facts = facts;
    }

    static Background start(
            KafkaClients clients,
            TrackingStores stores,
            FactTableWriter tables,
            Retention retention,
            TrackingStatus status,
            StorageConfig config) {
        Uploader uploader = stores.uploader();
        CompactedTopic<FactTables> facts = new CompactedTopic<>(clients, Topics.FACT_TABLES);
        facts.onChange((key, value) -> value.ifPresent(tables::take));
        List<Chore> chores = List.of(
                new Chore("spool-upload", config.spoolInterval(), () -> status.spooled(uploader.pass())),
                new Chore("fact-tables", FACTS, () -> LOG.trace("{} fact tables wait", tables.pass())),
                new Chore("retention", config.retentionInterval(), () -> sweep(retention)));
        facts.start();
        chores.forEach(Chore::start);
        return new Background(stores, chores, facts);
    }

    private static void sweep(Retention retention) throws StorageException {
        int removed = retention.sweep();
        if (removed > 0) {
            LOG.info("the records of {} runs were removed: their time is over", removed);
        }
    }

    TrackingStores stores() {
        return stores;
    }

    @Override
    public void close() {
        facts.close();
        chores.forEach(Chore::close);
    }
}
