package io.sluice.extractor.kafka;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.source.Facts;
import io.sluice.connector.source.SourceConnection;
import io.sluice.connector.source.Writeback;
import io.sluice.contract.ConnectionConfig;
import io.sluice.contract.ConnectionKind;
import io.sluice.contract.FactTables;
import io.sluice.contract.SourceObjectFact;
import io.sluice.contract.Topics;
import io.sluice.extractor.commit.WorkspaceFacts;
import io.sluice.support.kafka.CompactedTopic;
import io.sluice.support.kafka.ConnectionConfigs;
import io.sluice.support.kafka.KafkaClients;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the fact tables into the sources that take them: when the control plane sends new ones, and when a source begins to
 * take them (WWB-4, FCT-2). Facts belong to a source when they name one of its objects. Every replica does it: a source takes
 * only facts that are newer than its own, and what one replica missed another writes.
 */
final class FactTablesWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FactTablesWriter.class);
    private static final int SIDE_BY_SIDE = 16;

    private final CompactedTopic<FactTables> topic;
    private final ConnectionConfigs connections;
    private final SourceOpening sources;
    private final Semaphore room = new Semaphore(SIDE_BY_SIDE);

    /** Sources that are being written: one that does not answer must not be asked again and again. */
    private final Set<Long> busy = ConcurrentHashMap.newKeySet();

    /**
     * Begins to follow the facts.
     *
     * @param connections not started yet, so that none is missed
     */
    FactTablesWriter(KafkaClients clients, ConnectionConfigs connections, SourceOpening sources) {
        this.connections = connections;
        this.sources = sources;
        this.topic = new CompactedTopic<>(clients, Topics.FACT_TABLES);
        connections.onChange((key, config) -> config.ifPresent(this::connectionChanged));
        topic.onChange((key, facts) -> facts.ifPresent(tables -> factsChanged(key, tables)));
        topic.start();
    }

    private void factsChanged(String key, FactTables tables) {
        tables.getSourceObjects().stream()
                .mapToLong(SourceObjectFact::getSourceId)
                .distinct()
                .forEach(sourceId -> Optional.ofNullable(
                                connections.snapshot().get(Topics.connectionKey(ConnectionKind.SOURCE, sourceId)))
                        .ifPresent(config -> begin(key, tables, config)));
    }

    private void connectionChanged(ConnectionConfig config) {
        topic.snapshot().forEach((key, tables) -> {
            boolean itsFacts = tables.getSourceObjects().stream()
                    .anyMatch(object -> object.getSourceId() == config.getConnectionId());
            if (itsFacts) {
                begin(key, tables, config);
            }
        });
    }

    private void begin(String key, FactTables tables, ConnectionConfig source) {
        boolean takesThem = source.getKind() == ConnectionKind.SOURCE && source.getWriteback();
        if (takesThem && busy.add(source.getConnectionId())) {
            Thread.ofVirtual()
                    .name("facts-of-source-" + source.getConnectionId())
                    .start(() -> write(key, tables, source));
        }
    }

    private void write(String key, FactTables tables, ConnectionConfig source) {
        FactTables written = tables;
        try {
            room.acquire();
            try {
                replace(written, source);
                // what came meanwhile found this source busy
                for (Optional<FactTables> latest = topic.peek(key);
                        latest.isPresent() && latest.get().getTakenAt().isAfter(written.getTakenAt());
                        latest = topic.peek(key)) {
                    written = latest.get();
                    replace(written, source);
                }
            } finally {
                room.release();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ConnectorException failed) {
            LOG.warn(
                    "the fact tables of source {} stay as they are until the next facts: {}",
                    source.getConnectionId(),
                    failed.error().code());
        } finally {
            busy.remove(source.getConnectionId());
        }
    }

    private void replace(FactTables tables, ConnectionConfig source) throws ConnectorException {
        Facts facts = WorkspaceFacts.of(tables, source.getWorkspaceId());
        try (SourceConnection connection = sources.open(source.getConnectionId())) {
            Optional<Writeback> writeback = connection.writeback();
            if (writeback.isPresent()) {
                writeback.get().replaceFacts(facts);
            }
        }
    }

    @Override
    public void close() {
        topic.close();
    }
}
