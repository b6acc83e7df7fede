package io.sluice.control.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;

/** Row of {@code outbox}: one message the workers must get. */
@Entity
@Table(name = "outbox")
public class OutboxEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "outbox")
    @SequenceGenerator(name = "outbox", sequenceName = "outbox_id_seq", allocationSize = 1)
    public Long id;

    public String topic;

    @Column(name = "message_key")
    public String messageKey;

    public byte[] message;

    @Column(name = "ensure_operations_of")
    public Long ensureOperationsOf;

    @Column(name = "created_at")
    public Instant createdAt;
}
