package io.sluice.connector.destination.postgres;

import io.sluice.connector.jdbc.SqlNames;
import java.util.List;

/**
 * The statements that look staged values up (DST-7). A value is staged in a column of its own, of the type it is compared
 * with; beside it stands how many rows it finds. One statement finds the keys of all staged rows, another takes out those
 * that found none or several.
 *
 * @param lookups what is looked up
 * @param stage the staging table
 * @param ordinal its ordinal column; none of the target's columns begins with that name
 */
record LookupSql(List<ValueLookup> lookups, String stage, String ordinal) {

    /** The lookups of the columns that are staged. */
    List<ValueLookup> among(List<TableColumn> present) {
        return lookups.stream()
                .filter(lookup -> present.contains(lookup.column()))
                .toList();
    }

    /** Further columns of the staging table; each begins with a comma. */
    String columns() {
        StringBuilder columns = new StringBuilder();
        for (int index = 0; index < lookups.size(); index++) {
            columns.append(", null::")
                    .append(lookups.get(index).byType())
                    .append(" as ")
                    .append(value(index))
                    .append(", null::int8 as ")
                    .append(hits(index));
        }
        return columns.toString();
    }

    /** The server's word on a value that cannot be staged, with the name of the column it was meant for. */
    String named(String reason) {
        String named = reason;
        for (int index = 0; index < lookups.size(); index++) {
            named = named.replace(
                    "(column " + value(index) + ")",
                    "(column " + lookups.get(index).column().name() + ")");
        }
        return named;
    }

    /** Where the value of a column is staged. */
    String stagedName(TableColumn column) {
        int index = index(column);
        return index < 0 ? SqlNames.quote(column.name()) : value(index);
    }

    /** Finds the keys; the text form lets any type have a least one, and one of one is itself. */
    String find(ValueLookup lookup, Range rows) {
        int index = lookups.indexOf(lookup);
        String key = "r." + SqlNames.quote(lookup.key());
        return "with wanted as (select distinct s." + value(index) + " as v from pg_temp." + stage + " as s where "
                + valued(index, rows) + "), found as (select w.v, count(" + key + ") as n, min(" + key
                + "::text collate \"C\") as k from wanted as w join "
                + lookup.table().sql() + " as r on r."
                + SqlNames.quote(lookup.by().name()) + " = w.v group by w.v) update pg_temp." + stage + " as s set "
                + hits(index) + " = f.n, " + SqlNames.quote(lookup.column().name())
                + " = case when f.n = 1 then f.k::" + lookup.type() + " end from found as f where "
                + valued(index, rows) + " and s." + value(index) + " = f.v";
    }

    /** Takes out the rows without one key; returns their ordinals, those of several keys as {@code -1 - ordinal}. */
    String takeOut(ValueLookup lookup, Range rows) {
        int index = lookups.indexOf(lookup);
        return "delete from pg_temp." + stage + " as s where " + valued(index, rows) + " and s." + hits(index)
                + " is distinct from 1 returning case when s." + hits(index) + " > 1 then -1 - s." + ordinal
                + " else s."
                + ordinal + " end";
    }

    private String valued(int index, Range rows) {
        return "s." + ordinal + " between " + rows.from() + " and " + (rows.to() - 1) + " and s." + value(index)
                + " is not null";
    }

    private int index(TableColumn column) {
        for (int index = 0; index < lookups.size(); index++) {
            if (lookups.get(index).column().equals(column)) {
                return index;
            }
        }
        return -1;
    }

    private String value(int index) {
        return ordinal + "_v" + index;
    }

    private String hits(int index) {
        return ordinal + "_n" + index;
    }
}
