package io.sluice.connector.destination.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads from the system catalog which tables there are, and what they are made of. */
final class Catalog {
    /**
     * Tables with a unique index that can be named in ON CONFLICT: whole (no WHERE), of plain columns, checked at once.
     * Partitions are left out: their parent is the table.
     */
    private static final String COLUMNS =
            """
            with recursive roots(type, root) as (
                select oid, oid from pg_catalog.pg_type where typtype <> 'd'
                union all
                select d.oid, r.root
                from pg_catalog.pg_type d join roots r on r.type = d.typbasetype
                where d.typtype = 'd'),
            keys as (
                select indrelid, indnkeyatts, indkey[0] as first
                from pg_catalog.pg_index
                where indisunique and indisvalid and indimmediate and indpred is null and indexprs is null)
            select n.nspname, c.relname, a.attname,
                a.atttypid || ':' || a.atttypmod as signature,
                coalesce(element.typname, root.typname) as type,
                element.oid is not null as is_array,
                coalesce(element.typdelim, ',') as delimiter,
                a.attgenerated = '' and a.attidentity <> 'a' as writable,
                (a.attnotnull or declared.typnotnull)
                    and not a.atthasdef and a.attidentity = '' and declared.typdefault is null as required,
                exists (select from keys k where k.indrelid = c.oid and k.indnkeyatts = 1 and k.first = a.attnum)
                    as identifier,
                pg_catalog.has_column_privilege(c.oid, a.attnum, 'insert') as may_insert,
                pg_catalog.has_column_privilege(c.oid, a.attnum, 'update') as may_update,
                pg_catalog.has_any_column_privilege(c.oid, 'select') as table_select,
                pg_catalog.has_any_column_privilege(c.oid, 'insert') as table_insert,
                pg_catalog.has_any_column_privilege(c.oid, 'update') as table_update,
                pg_catalog.has_table_privilege(c.oid, 'delete') as table_delete
            from pg_catalog.pg_class c
                join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                join pg_catalog.pg_type declared on declared.oid = a.atttypid
                join roots on roots.type = a.atttypid
                join pg_catalog.pg_type root on root.oid = roots.root
                left join roots element_root on root.typcategory = 'A' and element_root.type = root.typelem
                left join pg_catalog.pg_type element on element.oid = element_root.root
            where c.relkind in ('r', 'p') and not c.relispartition
                and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
                and pg_catalog.has_schema_privilege(n.oid, 'usage')
                and exists (select from keys k where k.indrelid = c.oid)
            """;

    private static final String ORDER = " order by n.nspname, c.relname, a.attnum";

    private Catalog() {}

    /** Every table the role can write to in some way. */
    static List<Table> tables(Connection connection) throws SQLException {
        return all(connection).stream()
                .filter(table -> !table.behaviors().isEmpty())
                .toList();
    }

    /** Every table, whatever the role may do with it. */
    static List<Table> all(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(COLUMNS + ORDER);
                ResultSet rows = query.executeQuery()) {
            return read(rows);
        }
    }

    /** One table, whatever the role may do with it. */
    static Optional<Table> table(Connection connection, TableName name) throws SQLException {
        String one = COLUMNS + " and n.nspname = ? and c.relname = ?" + ORDER;
        try (PreparedStatement query = connection.prepareStatement(one)) {
            query.setString(1, name.schema());
            query.setString(2, name.table());
            try (ResultSet rows = query.executeQuery()) {
                return read(rows).stream().findFirst();
            }
        }
    }

    private static List<Table> read(ResultSet rows) throws SQLException {
        Map<TableName, Table> tables = new LinkedHashMap<>();
        while (rows.next()) {
            TableName name = new TableName(rows.getString("nspname"), rows.getString("relname"));
            Table table = tables.get(name);
            if (table == null) {
                table = new Table(name, rights(rows), new ArrayList<>());
                tables.put(name, table);
            }
            table.columns().add(column(rows));
        }
        return List.copyOf(tables.values());
    }

    private static Table.Rights rights(ResultSet row) throws SQLException {
        return new Table.Rights(
                row.getBoolean("table_select"),
                row.getBoolean("table_insert"),
                row.getBoolean("table_update"),
                row.getBoolean("table_delete"));
    }

    private static TableColumn column(ResultSet row) throws SQLException {
        boolean writable = row.getBoolean("writable");
        return new TableColumn(
                row.getString("attname"),
                row.getString("type"),
                row.getString("signature"),
                row.getBoolean("is_array"),
                row.getString("delimiter").charAt(0),
                writable && row.getBoolean("may_insert"),
                writable && row.getBoolean("may_update"),
                row.getBoolean("required"),
                row.getBoolean("identifier"));
    }
}
