package io.sluice.connector.destination.postgres;

import io.sluice.connector.destination.DestinationBatch;
import io.sluice.connector.destination.DestinationRecord;
import io.sluice.operation.OperationKind;
import io.sluice.record.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The records of a batch in groups that have values for the same columns (MAP-5): one statement writes one group, and
 * columns that a record leaves alone are not named in it. Most batches are one group.
 */
final class Arrangement {
    /** Records with values for the same columns, at the positions {@code rows} of the arrangement. */
    record Group(List<TableColumn> columns, int[] fields, Range rows) {}

    private final List<DestinationRecord> records;
    private final int[] order;
    private final List<Group> groups;

    private Arrangement(List<DestinationRecord> records, int[] order, List<Group> groups) {
        this.records = records;
        this.order = order;
        this.groups = groups;
    }

    static Arrangement of(DestinationBatch batch, WriteTarget target) {
        List<DestinationRecord> records = batch.records();
        Map<BitSet, List<Integer>> byFields = new LinkedHashMap<>();
        BitSet fieldsBefore = null;
        List<Integer> before = List.of();
        for (int index = 0; index < records.size(); index++) {
            DestinationRecord each = records.get(index);
            // nearly always the same columns as the record before
            if (fieldsBefore == null || !isPresent(batch.kind(), each, target, fieldsBefore)) {
                fieldsBefore = present(batch.kind(), each, target);
                before = byFields.computeIfAbsent(fieldsBefore, _ -> new ArrayList<>());
            }
            before.add(index);
        }
        int[] order = new int[records.size()];
        List<Group> groups = new ArrayList<>();
        int next = 0;
        for (Map.Entry<BitSet, List<Integer>> entry : byFields.entrySet()) {
            int from = next;
            for (int index : entry.getValue()) {
                order[next++] = index;
            }
            int[] fields = entry.getKey().stream().toArray();
            List<TableColumn> columns = new ArrayList<>(fields.length);
            for (int field : fields) {
                columns.add(target.columns().get(field));
            }
            groups.add(new Group(columns, fields, new Range(from, next)));
        }
        return new Arrangement(records, order, groups);
    }

    List<Group> groups() {
        return groups;
    }

    int size() {
        return order.length;
    }

    /** The record at a position of the arrangement. */
    DestinationRecord at(int position) {
        return records.get(order[position]);
    }

    /** Where that record is in the batch. */
    int batchIndex(int position) {
        return order[position];
    }

    /** Whether a record has values for exactly these fields. */
    private static boolean isPresent(OperationKind kind, DestinationRecord each, WriteTarget target, BitSet fields) {
        List<Value> values = each.values();
        if (kind == OperationKind.DELETE) {
            return values.get(target.keyIndex()) != null;
        }
        for (int field = 0; field < values.size(); field++) {
            if ((values.get(field) != null) != fields.get(field)) {
                return false;
            }
        }
        return true;
    }

    private static BitSet present(OperationKind kind, DestinationRecord each, WriteTarget target) {
        List<Value> values = each.values();
        BitSet present = new BitSet(values.size());
        if (values.get(target.keyIndex()) == null) {
            throw new IllegalArgumentException("a record has no value for its identifier");
        }
        if (kind == OperationKind.DELETE) {
            present.set(target.keyIndex());
            return present;
        }
        for (int field = 0; field < values.size(); field++) {
            if (values.get(field) != null) {
                present.set(field);
            }
        }
        return present;
    }
}
