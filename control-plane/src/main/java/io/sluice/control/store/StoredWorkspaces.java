package io.sluice.control.store;

import com.fasterxml.jackson.core.type.TypeReference;
import io.sluice.control.page.Page;
import io.sluice.control.page.PageRequest;
import io.sluice.control.workspace.ApiToken;
import io.sluice.control.workspace.Workspace;
import io.sluice.control.workspace.Workspaces;
import io.sluice.support.secret.SettingsCipher;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Workspaces in PostgreSQL. Keys are looked up by their digest; the text is kept encrypted. */
@ApplicationScoped
public class StoredWorkspaces implements Workspaces {
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final long BOOTSTRAP_LOCK = 0x51D1CE01L;

    private final OrganizationRows organizations;
    private final WorkspaceRows workspaces;
    private final ApiKeyRows keys;
    private final EntityManager entities;
    private final SettingsCipher cipher;
    private final Clock clock;

    public StoredWorkspaces(
            OrganizationRows organizations,
            WorkspaceRows workspaces,
            ApiKeyRows keys,
            EntityManager entities,
            SettingsCipher cipher,
            Clock clock) {
        this.organizations = organizations;
        this.workspaces = workspaces;
        this.keys = keys;
        this.entities = entities;
        this.cipher = cipher;
        this.clock = clock;
    }

    @Override
    @Transactional
    public void bootstrap(Optional<ApiToken> workspaceKey) {
        entities.createNativeQuery("select pg_advisory_xact_lock(?1)", Object.class)
                .setParameter(1, BOOTSTRAP_LOCK)
                .getSingleResult();
        if (organizations.count() == 0) {
            OrganizationEntity organization = new OrganizationEntity();
            organization.name = "Default";
            organization.createdAt = clock.instant();
            organizations.persist(organization);
            organizations.flush();
            persistWorkspace(organization.id, "Main", List.of());
            workspaces.flush();
        }
        workspaceKey.filter(key -> row(key).isEmpty()).ifPresent(key -> {
            WorkspaceEntity first = workspaces.find("order by id").firstResult();
            persistKey(first.id, key);
        });
    }

    @Override
    @Transactional
    public long firstOrganizationId() {
        return organizations.find("order by id").firstResultOptional().orElseThrow().id;
    }

    @Override
    @Transactional
    public Optional<Workspace> byKey(ApiToken token) {
        return row(token).flatMap(key -> byId(key.workspaceId));
    }

    @Override
    @Transactional
    public Optional<Workspace> byId(long workspaceId) {
        return workspaces.findByIdOptional(workspaceId).map(StoredWorkspaces::workspace);
    }

    @Override
    @Transactional
    public Optional<Workspace> find(long organizationId, long workspaceId) {
        return byId(workspaceId).filter(workspace -> workspace.organizationId() == organizationId);
    }

    @Override
    @Transactional
    public Page<Workspace> list(long organizationId, PageRequest page) {
        return Paging.pageOf(
                workspaces.find("organizationId", Paging.order(page), organizationId),
                page,
                StoredWorkspaces::workspace);
    }

    @Override
    @Transactional
    public Optional<Workspace> create(long organizationId, String name, List<String> notificationEmails, ApiToken key) {
        organizations.findById(organizationId, LockModeType.PESSIMISTIC_WRITE);
        if (workspaces.count("organizationId = ?1 and name = ?2", organizationId, name) > 0) {
            return Optional.empty();
        }
        WorkspaceEntity row = persistWorkspace(organizationId, name, notificationEmails);
        workspaces.flush();
        persistKey(row.id, key);
        return Optional.of(workspace(row));
    }

    @Override
    @Transactional
    public Optional<ApiToken> key(long organizationId, long workspaceId) {
        if (find(organizationId, workspaceId).isEmpty()) {
            return Optional.empty();
        }
        Optional<ApiKeyEntity> newest =
                keys.find("workspaceId = ?1 order by id desc", workspaceId).firstResultOptional();
        return newest.map(row -> {
            Map<String, Object> secret = cipher.decrypt(row.encryptedToken, associatedData(workspaceId));
            return ApiToken.of(secret.get("token").toString());
        });
    }

    private Optional<ApiKeyEntity> row(ApiToken token) {
        return keys.find("tokenSha256", (Object) token.digest()).firstResultOptional();
    }

    private WorkspaceEntity persistWorkspace(long organizationId, String name, List<String> emails) {
        WorkspaceEntity row = new WorkspaceEntity();
        row.organizationId = organizationId;
        row.name = name;
        row.notificationEmails = StoredJson.write(emails);
        row.createdAt = clock.instant();
        workspaces.persist(row);
        return row;
    }

    private void persistKey(long workspaceId, ApiToken key) {
        ApiKeyEntity row = new ApiKeyEntity();
        row.workspaceId = workspaceId;
        row.tokenSha256 = key.digest();
        row.encryptedToken = cipher.encrypt(Map.of("token", key.reveal()), associatedData(workspaceId));
        row.createdAt = clock.instant();
        keys.persist(row);
    }

    private static String associatedData(long workspaceId) {
        return "workspace-" + workspaceId;
    }

    private static Workspace workspace(WorkspaceEntity row) {
        return new Workspace(
                row.id, row.organizationId, row.name, StoredJson.read(row.notificationEmails, TEXTS), row.createdAt);
    }
}
