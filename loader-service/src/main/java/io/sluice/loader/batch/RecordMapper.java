package io.sluice.loader.batch;

import io.sluice.connector.destination.DestinationRecord;
import io.sluice.connector.destination.WritePlan;
import io.sluice.contract.FromColumn;
import io.sluice.contract.FromConstant;
import io.sluice.contract.FromSyncMetadata;
import io.sluice.contract.Operation;
import io.sluice.contract.PlannedMapping;
import io.sluice.contract.PlannedOperation;
import io.sluice.contract.RunPlan;
import io.sluice.mapping.engine.json.ColumnReader;
import io.sluice.mapping.engine.json.JsonText;
import io.sluice.mapping.engine.json.MalformedJsonException;
import io.sluice.operation.MirrorStrategy;
import io.sluice.record.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Turns operations into what a destination is given: the mapped fields in the plan's order (MAP-3, MAP-5, MAP-18). Made
 * once per sync run; immutable and thread-safe.
 */
public final class RecordMapper {
    private static final int NO_COLUMN = -1;

    private final WritePlan writePlan;
    private final ColumnReader columns;
    private final ColumnReader identifierColumn;

    /** For each field the position of its column, or {@link #NO_COLUMN}. */
    private final int[] columnOf;

    /** For each field its value where that is the same for every record. */
    private final Value[] constants;

    private final boolean[] syncNulls;
    private final int identifierIndex;

    private RecordMapper(RunPlan plan, WritePlan writePlan, Value[] constants) {
        List<PlannedMapping> mappings = plan.getMappings();
        List<String> wanted = mappings.stream()
                .flatMap(mapping -> columnOf(mapping).stream())
                .distinct()
                .sorted()
                .toList();
        this.writePlan = writePlan;
        this.columns = ColumnReader.of(wanted);
        this.identifierColumn = ColumnReader.of(List.of(plan.getIdentifierColumn()));
        this.constants = constants;
        this.columnOf = new int[mappings.size()];
        this.syncNulls = new boolean[mappings.size()];
        this.identifierIndex = writePlan.identifierIndex();
        for (int i = 0; i < columnOf.length; i++) {
            columnOf[i] = columnOf(mappings.get(i)).map(wanted::indexOf).orElse(NO_COLUMN);
            syncNulls[i] = mappings.get(i).getSyncNulls() || i == identifierIndex;
        }
    }

    /**
     * Compiles the mappings of a run.
     *
     * @throws MappingException when a mapping asks for something this loader does not know
     */
    public static RecordMapper of(RunPlan plan) throws MappingException {
        List<String> fields = new ArrayList<>();
        List<PlannedMapping> mappings = plan.getMappings();
        Value[] constants = new Value[mappings.size()];
        String identifierField = null;
        for (int i = 0; i < mappings.size(); i++) {
            PlannedMapping mapping = mappings.get(i);
            fields.add(mapping.getField());
            if (mapping.getPrimaryIdentifier()) {
                identifierField = mapping.getField();
            }
            if (columnOf(mapping).isEmpty()) {
                constants[i] = constantOf(mapping, plan);
            }
        }
        if (identifierField == null) {
            throw new MappingException("no mapping is the primary identifier");
        }
        WritePlan writePlan = new WritePlan(
                plan.getDestination().getObjectName(),
                identifierField,
                fields,
                plan.getSyncId(),
                plan.getSyncRunId(),
                removal(plan));
        return new RecordMapper(plan, writePlan, constants);
    }

    private static MirrorStrategy removal(RunPlan plan) {
        return plan.getMirrorStrategy() == null
                ? MirrorStrategy.UPDATES_AND_DELETES
                : MirrorStrategy.valueOf(plan.getMirrorStrategy().name());
    }

    private static Optional<String> columnOf(PlannedMapping mapping) {
        return mapping.getSource() instanceof FromColumn from ? Optional.of(from.getColumn()) : Optional.empty();
    }

    private static Value constantOf(PlannedMapping mapping, RunPlan plan) throws MappingException {
        return switch (mapping.getSource()) {
            case FromConstant constant -> parsed(constant, mapping.getField());
            case FromSyncMetadata metadata -> fact(metadata.getKey(), plan);
            default ->
                throw new MappingException(
                        "the mapping of field " + mapping.getField() + " is of a kind this loader does not know");
        };
    }

    private static Value parsed(FromConstant constant, String field) throws MappingException {
        try {
            return JsonText.read(constant.getJson());
        } catch (MalformedJsonException notJson) {
            throw new MappingException("the constant of field " + field + " is not JSON");
        }
    }

    private static Value fact(String key, RunPlan plan) throws MappingException {
        return switch (key) {
            case "sync_run_id" -> new Value.Number(Long.toString(plan.getSyncRunId()));
            default -> throw new MappingException("sync metadata has no key " + key);
        };
    }

    /** What a writer must be opened with. */
    public WritePlan writePlan() {
        return writePlan;
    }

    /**
     * The record of one operation. A delete carries its identifier and nothing else.
     *
     * @throws UnreadablePayloadException when the payload is not a JSON object; other records are not affected
     */
    public DestinationRecord map(Operation operation) throws UnreadablePayloadException {
        return operation.getKind() == PlannedOperation.DELETE ? identifierOnly(operation) : allFields(operation);
    }

    private DestinationRecord allFields(Operation operation) throws UnreadablePayloadException {
        Value[] row = read(columns, operation);
        Value[] values = new Value[columnOf.length];
        for (int i = 0; i < values.length; i++) {
            Value value = columnOf[i] == NO_COLUMN ? constants[i] : row[columnOf[i]];
            values[i] = value instanceof Value.Null && !syncNulls[i] ? null : value;
        }
        return record(operation, values);
    }

    private DestinationRecord identifierOnly(Operation operation) throws UnreadablePayloadException {
        Value[] values = new Value[columnOf.length];
        values[identifierIndex] = read(identifierColumn, operation)[0];
        return record(operation, values);
    }

    private DestinationRecord record(Operation operation, Value[] values) {
        Value identifier = values[identifierIndex];
        if (identifier == null || identifier instanceof Value.Null) {
            values[identifierIndex] = new Value.Text(operation.getIdentifier());
        }
        return new DestinationRecord(operation.getIdentifier(), Arrays.asList(values));
    }

    private static Value[] read(ColumnReader columns, Operation operation) throws UnreadablePayloadException {
        Value[] row = new Value[columns.size()];
        try {
            columns.read(operation.getPayload(), row);
        } catch (MalformedJsonException malformed) {
            throw new UnreadablePayloadException("the payload is not a well-formed JSON object");
        }
        return row;
    }
}
