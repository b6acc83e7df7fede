package io.sluice.control.store;

import com.fasterxml.jackson.core.type.TypeReference;
import io.sluice.contract.ConnectionConfig;
import io.sluice.contract.ConnectionKind;
import io.sluice.contract.Topics;
import io.sluice.control.connection.ConnectionTest;
import io.sluice.control.connection.Credentials;
import io.sluice.control.connection.Destination;
import io.sluice.control.connection.Destinations;
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

/** Destinations in PostgreSQL, credentials encrypted and bound to their destination (SEC-1). */
@ApplicationScoped
public class StoredDestinations implements Destinations {
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final DestinationRows rows;
    private final ActiveRuns activeRuns;
    private final RememberedFacts facts;
    private final Outbox outbox;
    private final SettingsCipher cipher;
    private final Clock clock;

    public StoredDestinations(
            DestinationRows rows,
            ActiveRuns activeRuns,
            RememberedFacts facts,
            Outbox outbox,
            SettingsCipher cipher,
            Clock clock) {
        this.rows = rows;
        this.activeRuns = activeRuns;
        this.facts = facts;
        this.outbox = outbox;
        this.cipher = cipher;
        this.clock = clock;
    }

    @Override
    @Transactional
    public Destination create(long workspaceId, String name, String type, TestedSettings settings) {
        DestinationEntity row = new DestinationEntity();
        row.id = rows.nextId();
        row.workspaceId = workspaceId;
        row.name = name;
        row.type = type;
        row.createdAt = clock.instant();
        row.updatedAt = row.createdAt;
        settings(row, settings);
        rows.persist(row);
        return destination(row);
    }

    @Override
    @Transactional
    public Optional<Destination> find(long workspaceId, long destinationId) {
        return row(workspaceId, destinationId, LockModeType.NONE).map(StoredDestinations::destination);
    }

    @Override
    @Transactional
    public Page<Destination> list(long workspaceId, PageRequest page) {
        return Paging.pageOf(
                rows.find("workspaceId", Paging.order(page), workspaceId), page, StoredDestinations::destination);
    }

    @Override
    @Transactional
    public Optional<Credentials> credentials(long workspaceId, long destinationId) {
        return row(workspaceId, destinationId, LockModeType.NONE)
                .map(row -> Credentials.stored(cipher.decrypt(row.encryptedSettings, key(row.id))));
    }

    @Override
    @Transactional
    public Optional<Destination> update(long workspaceId, long destinationId, DestinationChange change) {
        Optional<DestinationEntity> found = row(workspaceId, destinationId, LockModeType.PESSIMISTIC_WRITE);
        found.ifPresent(row -> {
            change.name().ifPresent(name -> row.name = name);
            change.settings().ifPresent(settings -> settings(row, settings));
            row.updatedAt = clock.instant();
        });
        return found.map(StoredDestinations::destination);
    }

    @Override
    @Transactional
    public void recordTest(long destinationId, ConnectionTest test) {
        rows.findByIdOptional(destinationId).ifPresent(row -> row.lastTest = StoredJson.write(test));
    }

    @Override
    @Transactional
    public boolean delete(long workspaceId, long destinationId) {
        Optional<DestinationEntity> found = row(workspaceId, destinationId, LockModeType.PESSIMISTIC_WRITE);
        found.ifPresent(row -> {
            facts.ofWorkspace(row.workspaceId);
            activeRuns.cancelOfDestination(row.id);
            outbox.connectionGone(ConnectionKind.DESTINATION, row.id);
            rows.delete(row);
        });
        return found.isPresent();
    }

    private void settings(DestinationEntity row, TestedSettings settings) {
        row.encryptedSettings = cipher.encrypt(settings.credentials().reveal(), key(row.id));
        row.connectionDetails = StoredJson.write(settings.details());
        row.lastTest = StoredJson.write(settings.test());
        row.objectsRefreshedAt = null;
        outbox.connection(new ConnectionConfig(
                ConnectionKind.DESTINATION, row.id, row.workspaceId, row.type, ByteBuffer.wrap(row.encryptedSettings)));
    }

    private Optional<DestinationEntity> row(long workspaceId, long destinationId, LockModeType lock) {
        return rows.findByIdOptional(destinationId, lock).filter(row -> row.workspaceId == workspaceId);
    }

    private static String key(long destinationId) {
        return Topics.connectionKey(ConnectionKind.DESTINATION, destinationId);
    }

    private static Destination destination(DestinationEntity row) {
        return new Destination(
                row.id,
                row.workspaceId,
                row.name,
                row.type,
                StoredJson.read(row.connectionDetails, OBJECT),
                Optional.ofNullable(row.lastTest).map(json -> StoredJson.read(json, ConnectionTest.class)),
                row.createdAt,
                row.updatedAt);
    }
}
