package io.sluice.control.catalog;

import io.sluice.connector.source.SourceObject;
import io.sluice.control.page.Page;
import io.sluice.control.page.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where tables, models and their columns are kept. Every method is one transaction. */
public interface SourceItems {

    /** Tables and models of a source. */
    Page<SourceItem> list(long sourceId, PageRequest page);

    /** Any item of a source by id. */
    Optional<SourceItem> find(long sourceId, long itemId);

    /** When the tables were last read; empty before the first time. */
    Optional<Instant> tablesRefreshedAt(long sourceId);

    /** The tables that existed at the last refresh. */
    List<SourceItem.Table> tables(long sourceId);

    /** Takes over what a refresh found; known tables keep their ids, vanished ones are no longer offered. */
    void replaceTables(long sourceId, List<SourceObject> tables, Instant at);

    /** Remembers the columns of an item. */
    void rememberColumns(long itemId, SourceItem.Columns columns);

    /** The models of a source. */
    Page<SourceItem.Model> models(long sourceId, PageRequest page);

    /** A model of a workspace by id, whichever source it belongs to. */
    Optional<SourceItem.Model> model(long workspaceId, long modelId);

    /** The models of a workspace with that name. */
    List<SourceItem.Model> modelsNamed(long workspaceId, String name);

    /**
     * Makes a model.
     *
     * @return empty when the source already has one of that name
     */
    Optional<SourceItem.Model> createModel(
            long sourceId, String name, Optional<String> description, String sql, SourceItem.Columns columns);

    /** Changes a model; empty when another model of the source has the new name. */
    Optional<SourceItem.Model> updateModel(SourceItem.Model changed);

    /** Columns whose values must not be shown: they are masked wherever records are (TRK-4). */
    List<String> piiColumns(long itemId);

    /** Marks exactly these columns. */
    void markPiiColumns(long itemId, List<String> columns);

    /** Whether a sync reads this item. */
    boolean inUse(long itemId);

    /** Removes a model. */
    void deleteModel(long modelId);
}
