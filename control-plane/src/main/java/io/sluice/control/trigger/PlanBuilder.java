package io.sluice.control.trigger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.connector.source.SourceColumn;
import io.sluice.contract.FromColumn;
import io.sluice.contract.FromConstant;
import io.sluice.contract.FromSyncMetadata;
import io.sluice.contract.FromTemplate;
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
import io.sluice.control.run.RunBasis;
import io.sluice.control.run.SyncRuns;
import io.sluice.control.sync.MappingDefinition;
import io.sluice.control.sync.MappingOptions;
import io.sluice.control.sync.PlannedField;
import io.sluice.control.sync.RunOptions;
import io.sluice.control.sync.Sync;
import io.sluice.control.sync.SyncDefinition;
import io.sluice.mapping.MappingSource;
import io.sluice.mapping.engine.cast.FieldType;
import io.sluice.operation.StateMode;
import io.sluice.operation.SyncBehavior;
import io.sluice.record.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything a worker must know about a run, from the definitions as they are at the moment of the trigger.
 *
 * @param organizationId the organization
 * @param sync the sync
 * @param source its source
 * @param destination its destination
 * @param columns the columns of its source object
 * @param maximumRows most rows a run may read, 0 for no limit
 */
record PlanBuilder(
        long organizationId,
        Sync sync,
        Source source,
        Destination destination,
        SourceItem.Columns columns,
        long maximumRows)
        implements SyncRuns.Planner {

    @Override
    public RunPlan plan(SyncRuns.Birth birth) {
        SyncDefinition definition = sync.definition();
        RunPlan.Builder plan = RunPlan.newBuilder()
                .setSyncRunId(birth.runId())
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
                .setColumns(readColumns(definition).stream().map(this::column).toList())
                .setIdentifierColumn(definition.identifierColumn())
                .setCompoundKey(definition
                        .compoundKey()
                        .map(MappingSource.CompoundKey::columns)
                        .orElse(List.of()))
                .setMappings(definition.mappings().stream().map(this::mapping).toList())
                .setBehavior(behavior(definition.behavior()))
                .setStateMode(stateMode(source.engine()))
                .setBatchSize(definition.options().batchSize().orElse(null))
                .setStartedAt(birth.createdAt())
                .setBucketId(birth.bucketId().orElse(null));
        return new StatePlan(definition, source.engine(), birth, maximumRows).complete(plan);
    }

    /** What later runs compare theirs with. */
    RunBasis basis() {
        SyncDefinition definition = sync.definition();
        Map<String, String> mappings = new LinkedHashMap<>();
        for (MappingDefinition mapping : definition.mappings()) {
            String lookedUp = mapping.options()
                    .lookup()
                    .map(lookup -> " in " + lookup.object() + " by " + lookup.field())
                    .orElse("");
            mappings.put(mapping.field(), mapping.mapping().from() + lookedUp);
        }
        Map<String, String> types = new LinkedHashMap<>();
        for (MappingDefinition mapping : definition.mappings()) {
            field(mapping).type().ifPresent(type -> types.put(mapping.field(), type.name()));
        }
        return new RunBasis(
                sync.source().id(),
                sync.source() instanceof SourceItem.Model model ? model.sql() : "",
                definition
                        .compoundKey()
                        .map(MappingSource.CompoundKey::toString)
                        .orElseGet(definition::identifierColumn),
                definition.identifier().field(),
                sync.destination().id(),
                definition.behavior().wireName(),
                mappings,
                types,
                definition
                        .options()
                        .runs()
                        .append()
                        .flatMap(RunOptions.Append::highWaterMarkColumn)
                        .orElse(null),
                source.engine().wireName());
    }

    private PlannedField field(MappingDefinition mapping) {
        return PlannedField.of(sync.destination().object(), mapping.field(), mapping.options());
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

    /** A compound key travels with what it is made of, so that tracking shows why it is null. */
    private Set<String> readColumns(SyncDefinition definition) {
        Set<String> read = new TreeSet<>(definition.referencedColumns().among(columns));
        read.add(definition.identifierColumn());
        return read;
    }

    /** A column that has vanished since is the extractor's error to report (MAP-9). */
    private PlannedColumn column(String name) {
        SourceColumn.JsonType type =
                columns.column(name).map(SourceColumn::jsonType).orElse(SourceColumn.JsonType.STRING);
        return new PlannedColumn(name, type.name().toLowerCase(Locale.ROOT));
    }

    private PlannedMapping mapping(MappingDefinition mapping) {
        PlannedField field = field(mapping);
        Object source =
                switch (mapping.mapping().from()) {
                    case MappingSource.Column column -> new FromColumn(column.name());
                    case MappingSource.CompoundKey key -> new FromColumn(MappingSource.CompoundKey.COLUMN);
                    case MappingSource.Constant constant -> new FromConstant(json(constant.value()));
                    case MappingSource.SyncMetadata metadata -> new FromSyncMetadata(metadata.key());
                    case MappingSource.Template template -> new FromTemplate(template.text(), field.takesJson());
                };
        return PlannedMapping.newBuilder()
                .setSource(source)
                .setField(mapping.field())
                .setPrimaryIdentifier(mapping.mapping().primaryIdentifier())
                .setSyncNulls(mapping.mapping().syncNulls())
                .setPreserveValues(mapping.options().preserveValues())
                .setGenerateField(mapping.options().generateField())
                .setFieldType(field.type().map(FieldType::wireName).orElse(null))
                .setArrayField(field.array())
                .setArrayOperation(mapping.options().arrayOperation().orElse(null))
                .setLookupObject(mapping.options()
                        .lookup()
                        .map(MappingOptions.Lookup::object)
                        .orElse(null))
                .setLookupField(mapping.options()
                        .lookup()
                        .map(MappingOptions.Lookup::field)
                        .orElse(null))
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
