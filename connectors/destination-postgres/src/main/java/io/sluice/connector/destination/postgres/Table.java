package io.sluice.connector.destination.postgres;

import io.sluice.connector.destination.DestinationObject;
import io.sluice.operation.MirrorStrategy;
import io.sluice.operation.SyncBehavior;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A table that records can be written to.
 *
 * @param name its name
 * @param rights what the role may do with it
 * @param columns its columns in their own order
 */
record Table(TableName name, Rights rights, List<TableColumn> columns) {

    /** What the role may do with a table, or with some of its columns. */
    record Rights(boolean select, boolean insert, boolean update, boolean delete) {}

    Optional<TableColumn> column(String wanted) {
        return columns.stream().filter(column -> column.name().equals(wanted)).findFirst();
    }

    /** What the role's rights allow; every statement of ours also reads the key. */
    Set<SyncBehavior> behaviors() {
        Set<SyncBehavior> behaviors = EnumSet.noneOf(SyncBehavior.class);
        if (!rights.select()) {
            return behaviors;
        }
        if (rights.insert()) {
            behaviors.add(SyncBehavior.INSERT);
        }
        if (rights.update()) {
            behaviors.add(SyncBehavior.UPDATE);
        }
        if (rights.delete()) {
            behaviors.add(SyncBehavior.DELETE);
        }
        if (rights.insert() && rights.update()) {
            behaviors.add(SyncBehavior.UPSERT);
            if (rights.delete()) {
                behaviors.add(SyncBehavior.MIRROR);
            }
        }
        return behaviors;
    }

    DestinationObject object() {
        return new DestinationObject(
                name.full(),
                name.table(),
                behaviors(),
                false,
                columns.stream().map(TableColumn::field).toList(),
                behaviors().contains(SyncBehavior.MIRROR)
                        ? Set.of(MirrorStrategy.UPDATES_AND_DELETES, MirrorStrategy.UPDATES_AND_NULLS)
                        : Set.of());
    }
}
