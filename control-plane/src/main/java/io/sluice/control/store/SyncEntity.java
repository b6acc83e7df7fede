package io.sluice.control.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** Row of {@code sync}. */
@Entity
@DynamicUpdate // two transactions may change different columns of a row
@Table(name = "sync")
public class SyncEntity {
    @Id
    // given before it is saved: the resource identifier may need it
    public Long id;

    @Column(name = "workspace_id")
    public long workspaceId;

    @Column(name = "source_item_id")
    public long sourceItemId;

    @Column(name = "destination_item_id")
    public long destinationItemId;

    @Column(name = "resource_identifier")
    public String resourceIdentifier;

    @JdbcTypeCode(SqlTypes.JSON)
    public String definition;

    public boolean paused;

    @Column(name = "after_sync_id")
    public Long afterSyncId;

    @Column(name = "next_run_at")
    public Instant nextRunAt;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "completed_basis")
    public String completedBasis;

    @Column(name = "high_water_mark_column")
    public String highWaterMarkColumn;

    @Column(name = "high_water_mark")
    public String highWaterMark;

    @Column(name = "created_at")
    public Instant createdAt;

    @Column(name = "updated_at")
    public Instant updatedAt;
}
