package io.sluice.control.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** Row of {@code bucket}. */
@Entity
@DynamicUpdate // two transactions may change different columns of a row
@Table(name = "bucket")
public class BucketEntity {
    @Id
    // given before it is saved: its settings are encrypted for this very id
    public Long id;

    @Column(name = "organization_id")
    public long organizationId;

    @Column(name = "workspace_id")
    public Long workspaceId;

    public String name;
    public String type;

    @Column(name = "encrypted_settings")
    public byte[] encryptedSettings;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "connection_details")
    public String connectionDetails;

    @Column(name = "in_use")
    public boolean inUse;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "last_test")
    public String lastTest;

    @Column(name = "created_at")
    public Instant createdAt;

    @Column(name = "updated_at")
    public Instant updatedAt;
}
