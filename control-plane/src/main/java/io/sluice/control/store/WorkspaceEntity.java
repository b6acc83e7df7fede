package io.sluice.control.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** Row of {@code workspace}. */
@Entity
@Table(name = "workspace")
public class WorkspaceEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "workspace")
    @SequenceGenerator(name = "workspace", sequenceName = "workspace_id_seq", allocationSize = 1)
    public Long id;

    @Column(name = "organization_id")
    public long organizationId;

    public String name;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "notification_emails")
    public String notificationEmails;

    @Column(name = "created_at")
    public Instant createdAt;
}
