package io.sluice.control.store;

import com.fasterxml.jackson.core.type.TypeReference;
import io.sluice.connector.source.SourceColumn;
import io.sluice.connector.source.SourceObject;
import io.sluice.control.catalog.SourceItem;
import io.sluice.control.catalog.SourceItems;
import io.sluice.control.page.Page;
import io.sluice.control.page.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tables and models in PostgreSQL. */
@ApplicationScoped
public class StoredSourceItems implements SourceItems {
    private static final TypeReference<List<SourceColumn>> COLUMNS = new TypeReference<>() {};
    private static final TypeReference<List<String>> NAMES = new TypeReference<>() {};

    private final SourceItemRows rows;
    private final SourceRows sources;
    private final SyncRows syncs;
    private final RememberedFacts facts;
    private final EntityManager entities;
    private final Clock clock;

    public StoredSourceItems(
            SourceItemRows rows,
            SourceRows sources,
            SyncRows syncs,
            RememberedFacts facts,
            EntityManager entities,
            Clock clock) {
        this.rows = rows;
        this.sources = sources;
        this.syncs = syncs;
        this.facts = facts;
        this.entities = entities;
        this.clock = clock;
    }

    @Override
    @Transactional
    public Page<SourceItem> list(long sourceId, PageRequest page) {
        return Paging.pageOf(
                rows.find("sourceId = ?1 and listed", Paging.order(page), sourceId), page, StoredSourceItems::item);
    }

    @Override
    @Transactional
    public Optional<SourceItem> find(long sourceId, long itemId) {
        return rows.findByIdOptional(itemId)
                .filter(row -> row.sourceId == sourceId)
                .map(StoredSourceItems::item);
    }

    @Override
    @Transactional
    public Optional<Instant> tablesRefreshedAt(long sourceId) {
        return sources.findByIdOptional(sourceId).map(row -> row.tablesRefreshedAt);
    }

    @Override
    @Transactional
    public List<SourceItem.Table> tables(long sourceId) {
        return rows
                .find(
                        "sourceId = ?1 and kind = ?2 and listed order by tableSchema, tableName",
                        sourceId,
                        SourceItemEntity.TABLE)
                .stream()
                .map(StoredSourceItems::table)
                .toList();
    }

    @Override
    @Transactional
    public void replaceTables(long sourceId, List<SourceObject> tables, Instant at) {
        SourceEntity source = sources.findById(sourceId, LockModeType.PESSIMISTIC_WRITE);
        if (source == null) {
            return;
        }
        source.tablesRefreshedAt = at;
        Map<SourceObject, SourceItemEntity> known = new HashMap<>();
        rows.find("sourceId = ?1 and kind = ?2", sourceId, SourceItemEntity.TABLE).stream()
                .forEach(row -> known.put(name(row), row));
        known.values().forEach(row -> row.listed = false);
        for (SourceObject table : tables) {
            SourceItemEntity row = known.computeIfAbsent(table, name -> newTable(sourceId, name, at));
            row.listed = true;
        }
    }

    private SourceItemEntity newTable(long sourceId, SourceObject name, Instant at) {
        SourceItemEntity row = new SourceItemEntity();
        row.sourceId = sourceId;
        row.kind = SourceItemEntity.TABLE;
        row.tableCatalog = name.catalog();
        row.tableSchema = name.schema();
        row.tableName = name.name();
        row.createdAt = at;
        row.updatedAt = at;
        rows.persist(row);
        return row;
    }

    @Override
    @Transactional
    public void rememberColumns(long itemId, SourceItem.Columns columns) {
        rows.findByIdOptional(itemId).ifPresent(row -> columns(row, columns));
    }

    @Override
    @Transactional
    public Page<SourceItem.Model> models(long sourceId, PageRequest page) {
        return Paging.pageOf(
                rows.find("sourceId = ?1 and kind = ?2", Paging.order(page), sourceId, SourceItemEntity.MODEL),
                page,
                StoredSourceItems::model);
    }

    @Override
    @Transactional
    public Optional<SourceItem.Model> model(long workspaceId, long modelId) {
        return rows.find(
                        "id = ?1 and kind = ?2 and sourceId in (select s.id from SourceEntity s where s.workspaceId ="
                                + " ?3)",
                        modelId,
                        SourceItemEntity.MODEL,
                        workspaceId)
                .firstResultOptional()
                .map(StoredSourceItems::model);
    }

    @Override
    @Transactional
    public List<SourceItem.Model> modelsNamed(long workspaceId, String name) {
        return rows
                .find(
                        "name = ?1 and kind = ?2 and sourceId in (select s.id from SourceEntity s where s.workspaceId"
                                + " = ?3)",
                        name,
                        SourceItemEntity.MODEL,
                        workspaceId)
                .stream()
                .map(StoredSourceItems::model)
                .toList();
    }

    @Override
    @Transactional
    public Optional<SourceItem.Model> createModel(
            long sourceId, String name, Optional<String> description, String sql, SourceItem.Columns columns) {
        if (nameTaken(sourceId, name, -1)) {
            return Optional.empty();
        }
        SourceItemEntity row = new SourceItemEntity();
        row.sourceId = sourceId;
        row.kind = SourceItemEntity.MODEL;
        row.listed = true;
        row.name = name;
        row.description = description.orElse(null);
        row.query = sql;
        row.createdAt = clock.instant();
        row.updatedAt = row.createdAt;
        columns(row, columns);
        rows.persist(row);
        return Optional.of(model(row));
    }

    @Override
    @Transactional
    public Optional<SourceItem.Model> updateModel(SourceItem.Model changed) {
        if (nameTaken(changed.sourceId(), changed.name(), changed.id())) {
            return Optional.empty();
        }
        return rows.findByIdOptional(changed.id()).map(row -> {
            row.name = changed.name();
            row.description = changed.description().orElse(null);
            row.query = changed.sql();
            row.updatedAt = clock.instant();
            changed.columns().ifPresent(columns -> columns(row, columns));
            return model(row);
        });
    }

    @Override
    @Transactional
    public List<String> piiColumns(long itemId) {
        return rows.findByIdOptional(itemId)
                .map(row -> StoredJson.read(row.piiColumns, NAMES))
                .orElse(List.of());
    }

    @Override
    @Transactional
    public void markPiiColumns(long itemId, List<String> columns) {
        rows.findByIdOptional(itemId).ifPresent(row -> row.piiColumns = StoredJson.write(columns));
    }

    @Override
    @Transactional
    public boolean inUse(long itemId) {
        return syncs.count("sourceItemId", itemId) > 0;
    }

    @Override
    @Transactional
    public void deleteModel(long modelId) {
        rows.findByIdOptional(modelId).ifPresent(row -> {
            sources.findByIdOptional(row.sourceId).ifPresent(source -> facts.ofWorkspace(source.workspaceId));
            rows.delete(row);
        });
    }

    private boolean nameTaken(long sourceId, String name, long except) {
        entities.find(SourceEntity.class, sourceId, LockModeType.PESSIMISTIC_WRITE);
        return rows.count(
                        "sourceId = ?1 and kind = ?2 and name = ?3 and id <> ?4",
                        sourceId,
                        SourceItemEntity.MODEL,
                        name,
                        except)
                > 0;
    }

    private static void columns(SourceItemEntity row, SourceItem.Columns columns) {
        row.columns = StoredJson.write(columns.list());
        row.columnsRefreshedAt = columns.refreshedAt();
    }

    /** Also for rows of syncs and runs: the same conversion everywhere. */
    static SourceItem item(SourceItemEntity row) {
        return row.kind.equals(SourceItemEntity.TABLE) ? table(row) : model(row);
    }

    private static SourceItem.Table table(SourceItemEntity row) {
        return new SourceItem.Table(row.id, row.sourceId, name(row), columns(row));
    }

    private static SourceItem.Model model(SourceItemEntity row) {
        return new SourceItem.Model(
                row.id,
                row.sourceId,
                row.name,
                Optional.ofNullable(row.description),
                row.query,
                row.createdAt,
                row.updatedAt,
                columns(row));
    }

    private static SourceObject name(SourceItemEntity row) {
        return new SourceObject(row.tableCatalog, row.tableSchema, row.tableName);
    }

    private static Optional<SourceItem.Columns> columns(SourceItemEntity row) {
        return Optional.ofNullable(row.columns)
                .map(json -> new SourceItem.Columns(StoredJson.read(json, COLUMNS), row.columnsRefreshedAt));
    }
}
