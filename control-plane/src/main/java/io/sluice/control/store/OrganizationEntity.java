package io.sluice.control.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;

/** Row of {@code organization}. */
@Entity
@Table(name = "organization")
public class OrganizationEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "organization")
    @SequenceGenerator(name = "organization", sequenceName = "organization_id_seq", allocationSize = 1)
    public Long id;

    public String name;

    @Column(name = "created_at")
    public Instant createdAt;
}
