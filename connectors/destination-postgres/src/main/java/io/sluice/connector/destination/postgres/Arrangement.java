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
        for (int index = 0; index < records.size(); index++) {
            byFields.computeIfAbsent(present(batch.kind(), records.get(index), target), _ -> new ArrayList<>())
                    .add(index);
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
