package io.sluice.control.store;

import com.fasterxml.jackson.core.type.TypeReference;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.sluice.bucket.store.StoreType;
import io.sluice.contract.ConnectionConfig;
import io.sluice.contract.ConnectionKind;
import io.sluice.contract.Topics;
import io.sluice.control.bucket.Bucket;
import io.sluice.control.bucket.BucketOwner;
import io.sluice.control.bucket.Buckets;
import io.sluice.control.connection.ConnectionTest;
import io.sluice.control.connection.Credentials;
import io.sluice.control.connection.TestedSettings;
import io.sluice.control.page.Page;
import io.sluice.control.page.PageRequest;
import io.sluice.support.secret.SettingsCipher;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Buckets in PostgreSQL, credentials encrypted and bound to their bucket (SEC-1). */
@ApplicationScoped
public class StoredBuckets implements Buckets {
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final long WHOLE_ORGANIZATION = 0;

    private final BucketRows rows;
    private final OrganizationRows organizations;
    private final Outbox outbox;
    private final SettingsCipher cipher;
    private final Clock clock;

    public StoredBuckets(
            BucketRows rows, OrganizationRows organizations, Outbox outbox, SettingsCipher cipher, Clock clock) {
        this.rows = rows;
        this.organizations = organizations;
        this.outbox = outbox;
        this.cipher = cipher;
        this.clock = clock;
    }

    @Override
    @Transactional
    public Bucket create(BucketOwner owner, String name, StoreType type, TestedSettings settings) {
        // one at a time: at most one bucket of an owner is in use
        organizations.findById(owner.organizationId(), LockModeType.PESSIMISTIC_WRITE);
        BucketEntity row = new BucketEntity();
        row.id = rows.nextId();
        row.organizationId = owner.organizationId();
        row.workspaceId = owner.workspaceId().orElse(null);
        inUse(owner).ifPresent(before -> before.inUse = false);
        rows.flush();
        row.name = name;
        row.type = type.wireName();
        row.inUse = true;
        row.createdAt = clock.instant();
        row.updatedAt = row.createdAt;
        settings(row, settings);
        rows.persist(row);
        return bucket(row);
    }

    private Optional<BucketEntity> inUse(BucketOwner owner) {
        PanacheQuery<BucketEntity> found = owner.workspaceId().isPresent()
                ? rows.find("workspaceId = ?1 and inUse", owner.workspaceId().get())
                : rows.find("organizationId = ?1 and workspaceId is null and inUse", owner.organizationId());
        return found.firstResultOptional();
    }

    @Override
    @Transactional
    public Optional<Bucket> find(BucketOwner viewer, long bucketId) {
        return rows.findByIdOptional(bucketId)
                .filter(row -> row.organizationId == viewer.organizationId()
                        && (row.workspaceId == null || viewer.workspaceId().equals(Optional.of(row.workspaceId))))
                .map(StoredBuckets::bucket);
    }

    @Override
    @Transactional
    public Page<Bucket> list(BucketOwner viewer, PageRequest page) {
        return Paging.pageOf(
                rows.find(
                        "organizationId = ?1 and (workspaceId is null or workspaceId = ?2)",
                        Paging.order(page),
                        viewer.organizationId(),
                        viewer.workspaceId().orElse(-1L)),
                page,
                StoredBuckets::bucket);
    }

    @Override
    @Transactional
    public Optional<Credentials> credentials(long bucketId) {
        return rows.findByIdOptional(bucketId)
                .map(row -> Credentials.stored(cipher.decrypt(row.encryptedSettings, key(row.id))));
    }

    @Override
    @Transactional
    public Optional<Bucket> update(long bucketId, BucketChange change) {
        Optional<BucketEntity> found = rows.findByIdOptional(bucketId, LockModeType.PESSIMISTIC_WRITE);
        found.ifPresent(row -> {
            change.name().ifPresent(name -> row.name = name);
            change.settings().ifPresent(settings -> settings(row, settings));
            row.updatedAt = clock.instant();
        });
        return found.map(StoredBuckets::bucket);
    }

    @Override
    @Transactional
    public void recordTest(long bucketId, ConnectionTest test) {
        rows.findByIdOptional(bucketId).ifPresent(row -> row.lastTest = StoredJson.write(test));
    }

    @Override
    @Transactional
    public boolean delete(long bucketId) {
        Optional<BucketEntity> found = rows.findByIdOptional(bucketId, LockModeType.PESSIMISTIC_WRITE);
        found.ifPresent(row -> {
            outbox.connectionGone(ConnectionKind.BUCKET, row.id);
            rows.delete(row);
        });
        return found.isPresent();
    }

    @Override
    @Transactional
    public String externalId(long organizationId) {
        return organizations
                .getEntityManager()
                .createNativeQuery("select external_id from organization where id = ?1", String.class)
                .setParameter(1, organizationId)
                .getSingleResult()
                .toString();
    }

    private void settings(BucketEntity row, TestedSettings settings) {
        row.encryptedSettings = cipher.encrypt(settings.credentials().reveal(), key(row.id));
        row.connectionDetails = StoredJson.write(settings.details());
        row.lastTest = StoredJson.write(settings.test());
        outbox.connection(new ConnectionConfig(
                ConnectionKind.BUCKET,
                row.id,
                row.workspaceId == null ? WHOLE_ORGANIZATION : row.workspaceId,
                row.type,
                ByteBuffer.wrap(row.encryptedSettings)));
    }

    private static String key(long bucketId) {
        return Topics.connectionKey(ConnectionKind.BUCKET, bucketId);
    }

    private static Bucket bucket(BucketEntity row) {
        return new Bucket(
                row.id,
                new BucketOwner(row.organizationId, Optional.ofNullable(row.workspaceId)),
                row.name,
                StoreType.of(row.type).orElseThrow(() -> new IllegalStateException("stored bucket type " + row.type)),
                StoredJson.read(row.connectionDetails, OBJECT),
                row.inUse,
                Optional.ofNullable(row.lastTest).map(json -> StoredJson.read(json, ConnectionTest.class)),
                row.createdAt,
                row.updatedAt);
    }
}
