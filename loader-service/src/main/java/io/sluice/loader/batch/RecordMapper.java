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
import io.sluice.record.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns operations into what a destination is given: the mapped fields in the plan's order (MAP-3, MAP-5, MAP-18). Made
 * once per sync run; immutable and thread-safe.
 */
public final class RecordMapper {
    private final WritePlan writePlan;
    private final Map<String, int[]> targets;
    private final Map<String, int[]> identifierTarget;
    private final Value[] constants;
    private final boolean[] syncNulls;
    private final int identifierIndex;

    private RecordMapper(
            WritePlan writePlan,
            Map<String, int[]> targets,
            String identifierColumn,
            Value[] constants,
            boolean[] nulls) {
        this.writePlan = writePlan;
        this.targets = targets;
        this.constants = constants;
        this.syncNulls = nulls;
        this.identifierIndex = writePlan.identifierIndex();
        this.identifierTarget = Map.of(identifierColumn, new int[] {identifierIndex});
    }

    /**
     * Compiles the mappings of a run.
     *
     * @throws MappingException when a mapping asks for something this loader does not know
     */
    public static RecordMapper of(RunPlan plan) throws MappingException {
        List<String> fields = new ArrayList<>();
        Map<String, int[]> targets = new HashMap<>();
        List<PlannedMapping> mappings = plan.getMappings();
        Value[] constants = new Value[mappings.size()];
        boolean[] nulls = new boolean[mappings.size()];
        String identifierField = null;
        for (int i = 0; i < mappings.size(); i++) {
            PlannedMapping mapping = mappings.get(i);
            fields.add(mapping.getField());
            nulls[i] = mapping.getSyncNulls();
            if (mapping.getPrimaryIdentifier()) {
                identifierField = mapping.getField();
                nulls[i] = true;
            }
            Optional<String> column = columnOf(mapping);
            if (column.isPresent()) {
                targets.merge(column.get(), new int[] {i}, RecordMapper::joined);
            } else {
                constants[i] = constantOf(mapping, plan);
            }
        }
        if (identifierField == null) {
            throw new MappingException("no mapping is the primary identifier");
        }
        WritePlan writePlan = new WritePlan(
                plan.getDestination().getObjectName(), identifierField, fields, plan.getSyncId(), plan.getSyncRunId());
        return new RecordMapper(writePlan, targets, plan.getIdentifierColumn(), constants, nulls);
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
            return JsonValues.constant(constant.getJson());
        } catch (UnreadablePayloadException notJson) {
            throw new MappingException("the constant of field " + field + " is not JSON");
        }
    }

    private static Value fact(String key, RunPlan plan) throws MappingException {
        return switch (key) {
            case "sync_run_id" -> new Value.Number(Long.toString(plan.getSyncRunId()));
            default -> throw new MappingException("sync metadata has no key " + key);
        };
    }

    private static int[] joined(int[] first, int[] second) {
        int[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
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
        boolean delete = operation.getKind() == PlannedOperation.DELETE;
        Value[] values = delete ? new Value[constants.length] : constants.clone();
        JsonValues.read(operation.getPayload(), delete ? identifierTarget : targets, values);
        if (values[identifierIndex] == null || values[identifierIndex] instanceof Value.Null) {
            values[identifierIndex] = new Value.Text(operation.getIdentifier());
        }
        if (!delete) {
            leaveNullsOut(values);
        }
        return new DestinationRecord(operation.getIdentifier(), Arrays.asList(values));
    }

    private void leaveNullsOut(Value[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!syncNulls[i] && values[i] instanceof Value.Null) {
                values[i] = null;
            }
        }
    }
}
