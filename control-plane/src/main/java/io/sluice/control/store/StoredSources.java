package io.sluice.control.store;

import com.fasterxml.jackson.core.type.TypeReference;
import io.sluice.contract.ConnectionConfig;
import io.sluice.contract.ConnectionKind;
import io.sluice.contract.Topics;
import io.sluice.control.connection.ConnectionTest;
import io.sluice.control.connection.Credentials;
import io.sluice.control.connection.Source;
import io.sluice.control.connection.Sources;
import io.sluice.control.connection.TestedSettings;
import io.sluice.control.connection.WritebackSettings;
import io.sluice.control.page.Page;
import io.sluice.control.page.PageRequest;
import io.sluice.operation.StateMode;
import io.sluice.operation.SyncBehavior;
import io.sluice.support.secret.SettingsCipher;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sources in PostgreSQL, credentials encrypted and bound to their source (SEC-1). */
@ApplicationScoped
public class StoredSources implements Sources {
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final SourceRows rows;
    private final ActiveRuns activeRuns;
    private final RememberedFacts facts;
    private final Outbox outbox;
    private final SettingsCipher cipher;
    private final EntityManager entities;
    private final Clock clock;

    public StoredSources(
            SourceRows rows,
            ActiveRuns activeRuns,
            RememberedFacts facts,
            Outbox outbox,
            SettingsCipher cipher,
            EntityManager entities,
            Clock clock) {
        this.rows = rows;
        this.activeRuns = activeRuns;
        this.facts = facts;
        this.outbox = outbox;
        this.cipher = cipher;
        this.entities = entities;
        this.clock = clock;
    }

    @Override
    @Transactional
    public Source create(NewSource source) {
        SourceEntity row = new SourceEntity();
        row.id = rows.nextId();
        row.workspaceId = source.workspaceId();
        row.name = source.name();
        row.label = source.label().orElse(null);
        row.type = source.type();
        row.syncEngine = source.engine().wireName();
        writeback(row, source.writeback());
        row.createdAt = clock.instant();
        row.updatedAt = row.createdAt;
        settings(row, new TestedSettings(source.credentials(), source.details(), source.test()));
        announce(row);
        rows.persist(row);
        return source(row);
    }

    @Override
    @Transactional
    public Optional<Source> find(long workspaceId, long sourceId) {
        return row(workspaceId, sourceId, LockModeType.NONE).map(StoredSources::source);
    }

    @Override
    @Transactional
    public Page<Source> list(long workspaceId, PageRequest page) {
        return Paging.pageOf(rows.find("workspaceId", Paging.order(page), workspaceId), page, StoredSources::source);
    }

    @Override
    @Transactional
    public Optional<Credentials> credentials(long workspaceId, long sourceId) {
        return row(workspaceId, sourceId, LockModeType.NONE)
                .map(row -> Credentials.stored(cipher.decrypt(row.encryptedSettings, key(row.id))));
    }

    @Override
    @Transactional
    public Optional<Source> update(long workspaceId, long sourceId, SourceChange change) {
        Optional<SourceEntity> found = row(workspaceId, sourceId, LockModeType.PESSIMISTIC_WRITE);
        found.ifPresent(row -> {
            change.name().ifPresent(name -> row.name = name);
            change.label().ifPresent(label -> row.label = label);
            boolean told = row.writeback == change.writeback().on();
            writeback(row, change.writeback());
            change.settings().ifPresent(settings -> settings(row, settings));
            change.engine().ifPresent(engine -> row.syncEngine = engine.wireName());
            if (!told || change.settings().isPresent()) {
                announce(row);
            }
            row.updatedAt = clock.instant();
        });
        return found.map(StoredSources::source);
    }

    @Override
    @Transactional
    public List<Long> syncsOf(long sourceId, Set<SyncBehavior> behaviors) {
        return entities.createNativeQuery(
                        "select s.id from sync s join source_item i on i.id = s.source_item_id"
                                + " where i.source_id = :source and s.definition ->> 'operation' in (:operations)"
                                + " order by s.id",
                        Long.class)
                .setParameter("source", sourceId)
                .setParameter(
                        "operations",
                        behaviors.stream().map(SyncBehavior::wireName).toList())
                .getResultList();
    }

    @Override
    @Transactional
    public List<Long> syncsCountingFailures(long sourceId) {
        return entities.createNativeQuery(
                        "select s.id from sync s join source_item i on i.id = s.source_item_id"
                                + " where i.source_id = :source"
                                + " and cast(s.definition ->> 'max_consecutive_failures' as integer) > 0 order by s.id",
                        Long.class)
                .setParameter("source", sourceId)
                .getResultList();
    }

    @Override
    @Transactional
    public void recordTest(long sourceId, ConnectionTest test) {
        rows.findByIdOptional(sourceId).ifPresent(row -> row.lastTest = StoredJson.write(test));
    }

    @Override
    @Transactional
    public boolean delete(long workspaceId, long sourceId) {
        Optional<SourceEntity> found = row(workspaceId, sourceId, LockModeType.PESSIMISTIC_WRITE);
        found.ifPresent(row -> {
            facts.ofWorkspace(row.workspaceId);
            activeRuns.cancelOfSource(row.id);
            outbox.connectionGone(ConnectionKind.SOURCE, row.id);
            rows.delete(row);
        });
        return found.isPresent();
    }

    private static void writeback(SourceEntity row, WritebackSettings settings) {
        row.writeback = settings.on();
        row.writebackRetention = settings.retentionDays().orElse(null);
    }

    private void settings(SourceEntity row, TestedSettings settings) {
        row.encryptedSettings = cipher.encrypt(settings.credentials().reveal(), key(row.id));
        row.connectionDetails = StoredJson.write(settings.details());
        row.lastTest = StoredJson.write(settings.test());
        row.tablesRefreshedAt = null;
    }

    private void announce(SourceEntity row) {
        outbox.connection(ConnectionConfig.newBuilder()
                .setKind(ConnectionKind.SOURCE)
                .setConnectionId(row.id)
                .setWorkspaceId(row.workspaceId)
                .setType(row.type)
                .setEncryptedSettings(ByteBuffer.wrap(row.encryptedSettings))
                .setWriteback(row.writeback)
                .build());
    }

    private Optional<SourceEntity> row(long workspaceId, long sourceId, LockModeType lock) {
        return rows.findByIdOptional(sourceId, lock).filter(row -> row.workspaceId == workspaceId);
    }

    private static String key(long sourceId) {
        return Topics.connectionKey(ConnectionKind.SOURCE, sourceId);
    }

    private static Source source(SourceEntity row) {
        return new Source(
                row.id,
                row.workspaceId,
                row.name,
                Optional.ofNullable(row.label),
                row.type,
                StateMode.fromWireName(row.syncEngine)
                        .orElseThrow(() -> new IllegalStateException("stored sync engine " + row.syncEngine)),
                StoredJson.read(row.connectionDetails, OBJECT),
                new WritebackSettings(row.writeback, Optional.ofNullable(row.writebackRetention)),
                Optional.ofNullable(row.lastTest).map(json -> StoredJson.read(json, ConnectionTest.class)),
                row.createdAt,
                row.updatedAt);
    }
}
