package io.sluice.control.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;

/** Row of {@code metadata_refresh}. */
@Entity
@Table(name = "metadata_refresh")
public class RefreshEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "metadata_refresh")
    @SequenceGenerator(name = "metadata_refresh", sequenceName = "metadata_refresh_key_seq", allocationSize = 1)
    @Column(name = "refresh_key")
    public Long key;

    public String kind;

    @Column(name = "subject_id")
    public long subjectId;

    public String error;

    @Column(name = "created_at")
    public Instant createdAt;

    @Column(name = "completed_at")
    public Instant completedAt;
}
