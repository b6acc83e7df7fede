package io.sluice.control.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** Row of {@code source}. */
@Entity
@DynamicUpdate // two transactions may change different columns of a row
@Table(name = "source")
public class SourceEntity {
    @Id
    // given before it is saved: its settings are encrypted for this very id
    public Long id;

    @Column(name = "workspace_id")
    public long workspaceId;

    public String name;
    public String label;
    public String type;

    @Column(name = "sync_engine")
    public String syncEngine;

    @Column(name = "encrypted_settings")
    public byte[] encryptedSettings;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "connection_details")
    public String connectionDetails;

    public boolean writeback;

    @Column(name = "writeback_retention")
    public Integer writebackRetention;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "last_test")
    public String lastTest;

    @Column(name = "tables_refreshed_at")
    public Instant tablesRefreshedAt;

    @Column(name = "created_at")
    public Instant createdAt;

    @Column(name = "updated_at")
    public Instant updatedAt;
}
