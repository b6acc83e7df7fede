package io.sluice.connector.destination.postgres;

import io.sluice.connector.jdbc.SqlNames;
import io.sluice.operation.OperationKind;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The statements that move staged rows into the table. Each row of the staging table has an ordinal, and each statement
 * moves a range of them: rows of several statements can lie in one transaction's staging table side by side. (The range
 * also keeps the planner, which knows nothing of a new table, from expecting so many rows that it reads the whole target
 * instead of its index.)
 *
 * @param target where to
 * @param stage name of the staging table
 * @param ordinal name of its ordinal column
 */
record StagedSql(WriteTarget target, String stage, String ordinal) {

    /** The staging table of a target: its columns as the table declares them, hence COPY checks each value. */
    static StagedSql of(WriteTarget target, int number) {
        StringBuilder ordinal = new StringBuilder("sluice_ordinal");
        while (target.columns().stream().anyMatch(column -> column.name().startsWith(ordinal.toString()))) {
            ordinal.append('_');
        }
        return new StagedSql(target, "sluice_stage_" + number, ordinal.toString());
    }

    String create() {
        return "create temporary table " + stage + " on commit delete rows as select 0::int4 as " + ordinal + ", "
                + names(target.columns(), "t.") + lookups().columns() + " from "
                + target.table().sql() + " as t with no data";
    }

    /** What is looked up between staging and moving. */
    LookupSql lookups() {
        return new LookupSql(target.lookups(), stage, ordinal);
    }

    String drop() {
        return "drop table if exists pg_temp." + stage;
    }

    /** Makes small ranges cheap, from the first time some are needed. */
    String index() {
        return "create index if not exists " + stage + "_ordinal on pg_temp." + stage + " (" + ordinal + ")";
    }

    String copy(List<TableColumn> present) {
        return "copy pg_temp." + stage + " (" + ordinal + ", "
                + present.stream().map(lookups()::stagedName).collect(Collectors.joining(", ")) + ") from stdin";
    }

    /**
     * Moves the rows with these ordinals. It returns the ordinals that found no record to update, or a record where they
     * would insert.
     */
    String move(OperationKind kind, List<TableColumn> present, Range rows) {
        String range = "s." + ordinal + " between " + rows.from() + " and " + (rows.to() - 1);
        String from = " from pg_temp." + stage + " as s where " + range;
        List<TableColumn> changed =
                present.stream().filter(column -> column != target.key()).toList();
        return switch (kind) {
            case UPSERT ->
                insert(present, from)
                        + (changed.isEmpty() ? " do nothing" : " do update set " + assignments(changed, "excluded."));
            case INSERT ->
                // those that are there are not even tried: a table's checks come before its conflicts (BEH-16)
                "with made as (" + insert(present, from + " and not " + isThere()) + " do nothing returning " + key()
                        + ") select s." + ordinal + from + " and s." + key() + " not in (select " + key()
                        + " from made)";
            case UPDATE -> changed.isEmpty() ? missing(from) : update(changed, from);
            case DELETE -> target.clears() ? clear(range) : delete(range);
            case APPEND -> throw new IllegalArgumentException("append is refused before");
        };
    }

    private String insert(List<TableColumn> present, String from) {
        return "insert into " + table() + " as t (" + names(present, "") + ") select " + names(present, "s.") + from
                + " on conflict (" + key() + ")";
    }

    private String delete(String range) {
        return "delete from " + table() + " as t using pg_temp." + stage + " as s where " + matches(range);
    }

    /** Records that are gone already have nothing to clear. */
    private String clear(String range) {
        String nulls = target.columns().stream()
                .filter(column -> column != target.key())
                .map(column -> SqlNames.quote(column.name()) + " = null")
                .collect(Collectors.joining(", "));
        return nulls.isEmpty()
                ? "select"
                : "update " + table() + " as t set " + nulls + " from pg_temp." + stage + " as s where "
                        + matches(range);
    }

    private String matches(String range) {
        return "t." + key() + " = s." + key() + " and " + range;
    }

    private String update(List<TableColumn> changed, String from) {
        return "with hit as (update " + table() + " as t set " + assignments(changed, "s.") + from + " and t." + key()
                + " = s."
                + key() + " returning s." + ordinal + ") select s." + ordinal + from + " except select " + ordinal
                + " from hit";
    }

    private String missing(String from) {
        return "select s." + ordinal + from + " and not " + isThere();
    }

    private String isThere() {
        return "exists (select from " + table() + " as e where e." + key() + " = s." + key() + ")";
    }

    private String table() {
        return target.table().sql();
    }

    private String key() {
        return SqlNames.quote(target.key().name());
    }

    private String assignments(List<TableColumn> columns, String incoming) {
        return columns.stream()
                .map(column -> SqlNames.quote(column.name()) + " = " + value(column, incoming))
                .collect(Collectors.joining(", "));
    }

    /** What a column becomes in a row that is there (MAP-4, MAP-6); empty is null. */
    private String value(TableColumn column, String incoming) {
        String present = "t." + SqlNames.quote(column.name());
        String given = incoming + SqlNames.quote(column.name());
        return switch (target.mode(column)) {
            case OVERWRITE -> given;
            case SET_IF_EMPTY -> "coalesce(" + present + ", " + given + ")";
            case MERGE ->
                "case when " + given + " is null then " + present + " when " + present + " is null then " + given
                        + " else " + present + " || array(select n.e from unnest(" + given
                        + ") with ordinality as n(e, i) where not exists (select from unnest(" + present
                        + ") as o(e) where o.e is not distinct from n.e) group by n.e order by min(n.i)) end";
        };
    }

    private static String names(List<TableColumn> columns, String prefix) {
        return columns.stream()
                .map(column -> prefix + SqlNames.quote(column.name()))
                .collect(Collectors.joining(", "));
    }
}
