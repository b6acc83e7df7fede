package io.sluice.connector.destination.postgres;

import io.sluice.connector.ConnectorError;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.destination.WriteMode;
import io.sluice.connector.destination.WritePlan;
import io.sluice.connector.jdbc.PostgresErrors;
import io.sluice.operation.MirrorStrategy;
import io.sluice.operation.OperationKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A write plan whose names were found in the database.
 *
 * @param table where to write
 * @param columns the plan's fields, in its order
 * @param keyIndex which of them is the identifier
 * @param modes what becomes of the values they have already
 * @param clears whether a delete sets the other columns to null instead (BEH-9)
 * @param lookups the columns whose values are looked up first (DST-7)
 */
record WriteTarget(
        TableName table,
        List<TableColumn> columns,
        int keyIndex,
        List<WriteMode> modes,
        boolean clears,
        List<ValueLookup> lookups) {

    /**
     * Checks a plan against the table, which is absent when there is none of that name.
     *
     * @throws ConnectorException when the plan cannot be carried out for any record
     */
    static WriteTarget of(WritePlan plan, Optional<Table> found) throws ConnectorException {
        Table table = found.orElseThrow(() -> configuration(
                PostgresErrors.OBJECT_NOT_FOUND,
                "There is no table " + plan.object() + " with a primary or unique key that this role may use. Check "
                        + "the name, the role's rights on schema and table, and that the table has a key."));
        List<TableColumn> columns = new ArrayList<>();
        for (String field : plan.fields()) {
            columns.add(table.column(field)
                    .orElseThrow(() -> configuration(
                            "FIELD_NOT_FOUND",
                            "Table " + plan.object() + " has no column " + field
                                    + ". Check the name, and that it was not renamed or dropped.")));
        }
        WriteTarget target = new WriteTarget(
                table.name(),
                List.copyOf(columns),
                plan.identifierIndex(),
                plan.modes(),
                plan.removal() == MirrorStrategy.UPDATES_AND_NULLS,
                List.of());
        if (!target.key().identifier()) {
            throw configuration(
                    "IDENTIFIER_NOT_UNIQUE",
                    "Column " + plan.identifierField() + " of table " + plan.object() + " is not unique by itself. "
                            + "Give it a unique constraint, or choose a column that has one.");
        }
        target.checkModes();
        return target;
    }

    /** The same target with lookups. */
    WriteTarget looking(List<ValueLookup> lookups) {
        return new WriteTarget(table, columns, keyIndex, modes, clears, List.copyOf(lookups));
    }

    private void checkModes() throws ConnectorException {
        for (TableColumn column : columns) {
            WriteMode mode = mode(column);
            if (mode != WriteMode.OVERWRITE && !column.field().writeModes().contains(mode)) {
                throw configuration(
                        "WRITE_MODE_NOT_SUPPORTED",
                        "Column " + column.name() + " of table " + table.full() + " takes no list that could be merged."
                                + " Choose operation overwrite.");
            }
        }
    }

    /** What becomes of the value a column has already. */
    WriteMode mode(TableColumn column) {
        return modes.get(columns.indexOf(column));
    }

    TableColumn key() {
        return columns.get(keyIndex);
    }

    /** Why no record of that kind can be written, if so. */
    Optional<ConnectorError> refusal(OperationKind kind) {
        return switch (kind) {
            case UPSERT -> refusedColumn(true, true);
            case INSERT -> refusedColumn(true, false);
            case UPDATE -> refusedColumn(false, true);
            case DELETE -> clears ? refusedColumn(false, true) : Optional.empty();
            case APPEND ->
                Optional.of(new ConnectorError(
                        "OPERATION_NOT_SUPPORTED",
                        ConnectorError.Fault.CONFIGURATION,
                        "A PostgreSQL table takes no append: choose upsert or insert."));
        };
    }

    private Optional<ConnectorError> refusedColumn(boolean creates, boolean updates) {
        for (TableColumn column : columns) {
            boolean isKey = column == key();
            if ((creates && !column.createable()) || (updates && !isKey && !column.updateable())) {
                return Optional.of(error(
                        "FIELD_NOT_WRITABLE",
                        "Column " + column.name() + " of table " + table.full() + " cannot be "
                                + (creates && !column.createable() ? "given on insert" : "updated")
                                + ": the database generates it, or the role may not. Remove the mapping, choose "
                                + "another behavior, or grant the right."));
            }
        }
        return Optional.empty();
    }

    private static ConnectorException configuration(String code, String message) {
        return new ConnectorException(error(code, message));
    }

    private static ConnectorError error(String code, String message) {
        return new ConnectorError(code, ConnectorError.Fault.CONFIGURATION, message);
    }

    /** The columns whose types the staged values have: a value that is looked up has that of what it is compared with. */
    List<TableColumn> staged(List<TableColumn> columns) {
        return columns.stream()
                .map(column -> lookups.stream()
                        .filter(lookup -> lookup.column().equals(column))
                        .map(ValueLookup::by)
                        .findFirst()
                        .orElse(column))
                .toList();
    }
}
