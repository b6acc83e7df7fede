package io.sluice.loader.batch;

import io.sluice.connector.destination.DestinationRecord;
import io.sluice.connector.destination.WriteMode;
import io.sluice.connector.destination.WritePlan;
import io.sluice.contract.Operation;
import io.sluice.contract.PlannedMapping;
import io.sluice.contract.PlannedOperation;
import io.sluice.contract.RunPlan;
import io.sluice.mapping.engine.cast.Cast;
import io.sluice.mapping.engine.cast.CastException;
import io.sluice.mapping.engine.json.ColumnReader;
import io.sluice.mapping.engine.json.MalformedJsonException;
import io.sluice.operation.MirrorStrategy;
import io.sluice.record.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Turns operations into what a destination is given: the mapped fields in the plan's order (MAP-3, MAP-5, MAP-13, MAP-18,
 * LIQ-1). Made once per sync run; immutable and thread-safe.
 */
public final class RecordMapper {
    private final WritePlan writePlan;
    private final ColumnReader columns;
    private final ColumnReader identifierColumn;
    private final FieldSource[] sources;

    /** For each field how its value is made to fit, or null when it is sent as it is. */
    private final Cast[] casts;

    private final boolean[] syncNulls;
    private final int identifierIndex;

    private RecordMapper(RunPlan plan, WritePlan writePlan) throws MappingException {
        MappingCompiler compiler = new MappingCompiler(plan);
        List<PlannedMapping> mappings = plan.getMappings();
        this.writePlan = writePlan;
        this.columns = ColumnReader.of(compiler.columns());
        this.identifierColumn = ColumnReader.of(List.of(plan.getIdentifierColumn()));
        this.identifierIndex = writePlan.identifierIndex();
        this.sources = new FieldSource[mappings.size()];
        this.casts = new Cast[mappings.size()];
        this.syncNulls = new boolean[mappings.size()];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = compiler.source(i);
            casts[i] = compiler.cast(i).orElse(null);
            syncNulls[i] = mappings.get(i).getSyncNulls() || i == identifierIndex;
        }
    }

    /**
     * Compiles the mappings of a run.
     *
     * @throws MappingException when a mapping asks for something this loader does not know
     */
    public static RecordMapper of(RunPlan plan) throws MappingException {
        PlannedMapping identifier = plan.getMappings().stream()
                .filter(PlannedMapping::getPrimaryIdentifier)
                .findFirst()
                .orElseThrow(() -> new MappingException("no mapping is the primary identifier"));
        WritePlan writePlan = new WritePlan(
                        plan.getDestination().getObjectName(),
                        identifier.getField(),
                        plan.getMappings().stream()
                                .map(PlannedMapping::getField)
                                .toList(),
                        plan.getSyncId(),
                        plan.getSyncRunId(),
                        removal(plan))
                .withModes(plan.getMappings().stream().map(RecordMapper::mode).toList())
                .withLookups(lookups(plan));
        return new RecordMapper(plan, writePlan);
    }

    private static MirrorStrategy removal(RunPlan plan) {
        return plan.getMirrorStrategy() == null
                ? MirrorStrategy.UPDATES_AND_DELETES
                : MirrorStrategy.valueOf(plan.getMirrorStrategy().name());
    }

    private static Map<String, WritePlan.Lookup> lookups(RunPlan plan) {
        return plan.getMappings().stream()
                .filter(mapping -> mapping.getLookupObject() != null)
                .collect(Collectors.toMap(
                        PlannedMapping::getField,
                        mapping -> new WritePlan.Lookup(mapping.getLookupObject(), mapping.getLookupField())));
    }

    private static WriteMode mode(PlannedMapping mapping) {
        if (mapping.getPrimaryIdentifier()) {
            return WriteMode.OVERWRITE;
        }
        if ("merge".equals(mapping.getArrayOperation())) {
            return WriteMode.MERGE;
        }
        return mapping.getPreserveValues() ? WriteMode.SET_IF_EMPTY : WriteMode.OVERWRITE;
    }

    /** What a writer must be opened with. */
    public WritePlan writePlan() {
        return writePlan;
    }

    /**
     * The record of one operation. A delete carries its identifier and nothing else.
     *
     * @throws UnmappableRecordException when its payload cannot be read, a template not be rendered for it, or a value
     *     not be made to fit its field; other records are not affected
     */
    public DestinationRecord map(Operation operation) throws UnmappableRecordException {
        return operation.getKind() == PlannedOperation.DELETE ? identifierOnly(operation) : allFields(operation);
    }

    private DestinationRecord allFields(Operation operation) throws UnmappableRecordException {
        Value[] row = read(columns, operation);
        Value[] values = new Value[sources.length];
        List<String> fields = writePlan.fields();
        for (int i = 0; i < values.length; i++) {
            Value value = sources[i].of(row, fields.get(i));
            if (value == null || value instanceof Value.Null) {
                values[i] = syncNulls[i] ? value : null;
            } else {
                values[i] = fitted(i, value);
            }
        }
        return record(operation, values);
    }

    private DestinationRecord identifierOnly(Operation operation) throws UnmappableRecordException {
        Value[] values = new Value[sources.length];
        values[identifierIndex] = fitted(identifierIndex, read(identifierColumn, operation)[0]);
        return record(operation, values);
    }

    private Value fitted(int index, Value value) throws UnmappableRecordException {
        if (casts[index] == null) {
            return value;
        }
        try {
            return casts[index].apply(value);
        } catch (CastException unfit) {
            throw new UnmappableRecordException(unfit.getMessage());
        }
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
