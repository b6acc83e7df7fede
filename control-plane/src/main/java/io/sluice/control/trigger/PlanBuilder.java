package io.sluice.control.trigger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.connector.source.SourceColumn;
import io.sluice.contract.FromColumn;
import io.sluice.contract.FromConstant;
import io.sluice.contract.FromSyncMetadata;
import io.sluice.contract.PlannedBehavior;
import io.sluice.contract.PlannedColumn;
import io.sluice.contract.PlannedEndpoint;
import io.sluice.contract.PlannedMapping;
import io.sluice.contract.PlannedSql;
import io.sluice.contract.PlannedStateMode;
import io.sluice.contract.PlannedTable;
import io.sluice.contract.RunPlan;
import io.sluice.control.catalog.SourceItem;
import io.sluice.control.connection.Destination;
import io.sluice.control.connection.Source;
import io.sluice.control.run.FullSyncReason;
import io.sluice.control.run.RunBasis;
import io.sluice.control.run.SyncRuns;
import io.sluice.control.sync.MappingDefinition;
import io.sluice.control.sync.Sync;
import io.sluice.control.sync.SyncDefinition;
import io.sluice.mapping.MappingSource;
import io.sluice.operation.StateMode;
import io.sluice.operation.SyncBehavior;
import io.sluice.record.Value;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Everything a worker must know about a run, from the definitions as they are at the moment of the trigger.
 *
 * @param organizationId the organization
 * @param sync the sync
 * @param source its source
 * @param destination its destination
 * @param columns the columns of its source object
 */
record PlanBuilder(long organizationId, Sync sync, Source source, Destination destination, SourceItem.Columns columns)
        implements SyncRuns.Planner {

    @Override
    public RunPlan plan(long runId, List<FullSyncReason> fullSyncReasons, Instant createdAt) {
        SyncDefinition definition = sync.definition();
        return RunPlan.newBuilder()
                .setSyncRunId(runId)
                .setSyncId(sync.id())
                .setOrganizationId(organizationId)
                .setWorkspaceId(sync.workspaceId())
                .setSource(new PlannedEndpoint(
                        source.id(),
                        source.type(),
                        sync.source().type(),
                        sync.source().id(),
                        sync.source().fullName()))
                .setDestination(new PlannedEndpoint(
                        destination.id(),
                        destination.type(),
                        "object",
                        sync.destination().id(),
                        sync.destination().object().fullName()))
                .setQuery(query(sync.source()))
                .setColumns(definition.referencedColumns().stream()
                        .map(this::column)
                        .toList())
                .setIdentifierColumn(definition.identifierColumn())
                .setMappings(
                        definition.mappings().stream().map(PlanBuilder::mapping).toList())
                .setBehavior(behavior(definition.behavior()))
                .setStateMode(stateMode(source.engine()))
                .setFullSync(!fullSyncReasons.isEmpty())
                .setFullSyncReasons(
                        fullSyncReasons.stream().map(FullSyncReason::name).toList())
                .setForgetState(fullSyncReasons.stream().anyMatch(FullSyncReason::newIdentities))
                .setBatchSize(definition.options().batchSize().orElse(null))
                .setStartedAt(createdAt)
                .build();
    }

    /** What later runs compare theirs with. */
    RunBasis basis() {
        SyncDefinition definition = sync.definition();
        Map<String, String> mappings = new LinkedHashMap<>();
        for (MappingDefinition mapping : definition.mappings()) {
            mappings.put(mapping.field(), mapping.mapping().from().toString());
        }
        return new RunBasis(
                sync.source().id(),
                sync.source() instanceof SourceItem.Model model ? model.sql() : "",
                definition.identifierColumn(),
                definition.identifier().field(),
                sync.destination().id(),
                definition.behavior().wireName(),
                mappings);
    }

    private static Object query(SourceItem item) {
        return switch (item) {
            case SourceItem.Table table ->
                new PlannedTable(
                        table.object().catalog(),
                        table.object().schema(),
                        table.object().name());
            case SourceItem.Model model -> new PlannedSql(model.sql());
        };
    }

    /** A column that has vanished since is the extractor's error to report (MAP-9). */
    private PlannedColumn column(String name) {
        SourceColumn.JsonType type =
                columns.column(name).map(SourceColumn::jsonType).orElse(SourceColumn.JsonType.STRING);
        return new PlannedColumn(name, type.name().toLowerCase(Locale.ROOT));
    }

    private static PlannedMapping mapping(MappingDefinition mapping) {
        Object source =
                switch (mapping.mapping().from()) {
                    case MappingSource.Column column -> new FromColumn(column.name());
                    case MappingSource.Constant constant -> new FromConstant(json(constant.value()));
                    case MappingSource.SyncMetadata metadata -> new FromSyncMetadata(metadata.key());
                };
        return PlannedMapping.newBuilder()
                .setSource(source)
                .setField(mapping.field())
                .setPrimaryIdentifier(mapping.mapping().primaryIdentifier())
                .setSyncNulls(mapping.mapping().syncNulls())
                .build();
    }

    private static String json(Value value) {
        return switch (value) {
            case Value.Null nothing -> "null";
            case Value.Bool bool -> Boolean.toString(bool.value());
            case Value.Number number -> number.text();
            case Value.Text text ->
                JsonNodeFactory.instance.textNode(text.text()).toString();
            case Value.Structured structured -> structured.json();
        };
    }

    private static PlannedBehavior behavior(SyncBehavior behavior) {
        return switch (behavior) {
            case UPSERT -> PlannedBehavior.UPSERT;
            case UPDATE -> PlannedBehavior.UPDATE;
            case INSERT -> PlannedBehavior.INSERT;
            case MIRROR -> PlannedBehavior.MIRROR;
            case APPEND -> PlannedBehavior.APPEND;
            case DELETE -> PlannedBehavior.DELETE;
        };
    }

    private static PlannedStateMode stateMode(StateMode mode) {
        return switch (mode) {
            case WAREHOUSE -> PlannedStateMode.WAREHOUSE;
            case PLATFORM -> PlannedStateMode.PLATFORM;
            case NONE -> PlannedStateMode.NONE;
        };
    }
}
