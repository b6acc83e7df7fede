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

/** Row of {@code sync_run}. */
@Entity
@Table(name = "sync_run")
public class SyncRunEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "sync_run")
    @SequenceGenerator(name = "sync_run", sequenceName = "sync_run_id_seq", allocationSize = 1)
    public Long id;

    @Column(name = "sync_id")
    public long syncId;

    @Column(name = "workspace_id")
    public long workspaceId;

    public String state;
    public boolean canceled;

    @Column(name = "cancel_reason")
    public String cancelReason;

    @Column(name = "trigger_tag")
    public String triggerTag;

    @Column(name = "trigger_detail")
    public String triggerDetail;

    @Column(name = "full_sync")
    public boolean fullSync;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "full_sync_reasons")
    public String fullSyncReasons;

    @Column(name = "full_sync_since")
    public Long fullSyncSince;

    @Column(name = "dry_run")
    public boolean dryRun;

    @Column(name = "destination_records")
    public Long destinationRecords;

    @Column(name = "keeps_removed")
    public boolean keepsRemoved;

    @Column(name = "added_records")
    public Long addedRecords;

    @Column(name = "quarantined_records")
    public Long quarantinedRecords;

    public int partitions;

    @JdbcTypeCode(SqlTypes.JSON)
    public String basis;

    @Column(name = "bucket_id")
    public Long bucketId;

    @Column(name = "tracking_delayed_since")
    public Instant trackingDelayedSince;

    @Column(name = "scheduled_for")
    public Instant scheduledFor;

    @Column(name = "started_at")
    public Instant startedAt;

    @Column(name = "completed_at")
    public Instant completedAt;

    @Column(name = "error_code")
    public String errorCode;

    @Column(name = "error_message")
    public String errorMessage;

    @JdbcTypeCode(SqlTypes.JSON)
    public String counts;

    @Column(name = "created_at")
    public Instant createdAt;

    @Column(name = "updated_at")
    public Instant updatedAt;
}
