package io.sluice.control.store;

import io.sluice.contract.CancelRun;
import io.sluice.contract.ConnectionConfig;
import io.sluice.contract.ConnectionKind;
import io.sluice.contract.FactTables;
import io.sluice.contract.RunCommand;
import io.sluice.contract.RunPlan;
import io.sluice.contract.StartRun;
import io.sluice.contract.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificRecordBase;
import org.jboss.logging.Logger;

/**
 * Messages to the workers, written in the transaction that makes them true and sent after it (docs/adr/0011). The write
 * methods join the caller's transaction. Messages leave in the order they were written, each at least once.
 */
@ApplicationScoped
public class Outbox {
    /** Any number nobody else uses: only one replica sends at a time, or messages could overtake each other. */
    private static final long RELAY_LOCK = 0x51D1CE00L;

    private static final Logger LOG = Logger.getLogger(Outbox.class);
    /** Somewhat less than the topic takes; about a hundred thousand facts. */
    private static final int LARGEST_FACTS = 15 << 20;

    private final OutboxRows rows;
    private final EntityManager entities;
    private final Clock clock;

    public Outbox(OutboxRows rows, EntityManager entities, Clock clock) {
        this.rows = rows;
        this.entities = entities;
        this.clock = clock;
    }

    /**
     * A message to be sent.
     *
     * @param message Avro single-object encoding; empty for a tombstone
     * @param ensureOperationsOf destination whose operations topic must exist first
     */
    public record Message(
            long id, String topic, String key, Optional<ByteBuffer> message, Optional<Long> ensureOperationsOf) {}

    /** Announces a connection's settings, new or changed. */
    void connection(ConnectionConfig config) {
        boolean destination = config.getKind() == ConnectionKind.DESTINATION;
        write(
                Topics.CONNECTIONS,
                Topics.connectionKey(config.getKind(), config.getConnectionId()),
                Optional.of(config),
                destination ? Optional.of(config.getConnectionId()) : Optional.empty());
    }

    /** Announces that a connection is gone. */
    void connectionGone(ConnectionKind kind, long connectionId) {
        write(Topics.CONNECTIONS, Topics.connectionKey(kind, connectionId), Optional.empty(), Optional.empty());
    }

    /** Announces a run: first its plan, then the command. */
    void start(RunPlan plan) {
        write(
                Topics.RUN_PLANS,
                Long.toString(plan.getSyncRunId()),
                Optional.of(plan),
                Optional.of(plan.getDestination().getConnectionId()));
        RunCommand command = new RunCommand(new StartRun(plan.getSyncRunId(), plan.getSyncId()));
        write(Topics.RUN_COMMANDS, Long.toString(plan.getSyncId()), Optional.of(command), Optional.empty());
    }

    /** Announces the facts of an organization; too many for one message are left as they were announced last. */
    void facts(FactTables facts) {
        byte[] encoded = encode(facts);
        if (encoded.length > LARGEST_FACTS) {
            LOG.errorf(
                    "the fact tables of organization %d are not refreshed: %d bytes do not fit a message",
                    facts.getOrganizationId(), encoded.length);
            return;
        }
        write(Topics.FACT_TABLES, Long.toString(facts.getOrganizationId()), Optional.of(facts), Optional.empty());
    }

    /** Tells the workers to stop a run. */
    void cancel(long runId, long syncId, String reason) {
        RunCommand command = new RunCommand(new CancelRun(runId, syncId, reason));
        write(Topics.RUN_COMMANDS, Long.toString(syncId), Optional.of(command), Optional.empty());
    }

    /**
     * Hands the oldest messages to {@code sender} and removes them when it returns; when it throws, they stay.
     *
     * @return how many were sent; 0 also when another replica is sending
     */
    @Transactional
    public int send(int most, Consumer<List<Message>> sender) {
        boolean ours = (Boolean) entities.createNativeQuery("select pg_try_advisory_xact_lock(?1)", Boolean.class)
                .setParameter(1, RELAY_LOCK)
                .getSingleResult();
        if (!ours) {
            return 0;
        }
        List<OutboxEntity> oldest = rows.find("order by id").page(0, most).list();
        if (oldest.isEmpty()) {
            return 0;
        }
        sender.accept(oldest.stream().map(Outbox::message).toList());
        return (int) rows.delete("id in ?1", oldest.stream().map(row -> row.id).toList());
    }

    private static Message message(OutboxEntity row) {
        return new Message(
                row.id,
                row.topic,
                row.messageKey,
                Optional.ofNullable(row.message).map(ByteBuffer::wrap),
                Optional.ofNullable(row.ensureOperationsOf));
    }

    private void write(
            String topic, String key, Optional<? extends SpecificRecordBase> message, Optional<Long> destination) {
        OutboxEntity row = new OutboxEntity();
        row.topic = topic;
        row.messageKey = key;
        row.message = message.map(Outbox::encode).orElse(null);
        row.ensureOperationsOf = destination.orElse(null);
        row.createdAt = clock.instant();
        rows.persist(row);
    }

    private static byte[] encode(SpecificRecordBase message) {
        try {
            ByteBuffer encoded =
                    new BinaryMessageEncoder<>(message.getSpecificData(), message.getSchema()).encode(message);
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
