package io.sluice.connector.destination.postgres;

import io.sluice.connector.ConnectorError;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.destination.DestinationField;
import io.sluice.connector.destination.DestinationObject;
import io.sluice.connector.destination.WritePlan;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The columns that refer to a column of another table, and so can be given what is looked up there (DST-7). */
final class ForeignKeys {
    /** Of several keys on one column the first by name counts. Those of partitions repeat their parent's. */
    private static final String KEYS =
            """
            select n.nspname, c.relname, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod) as type,
                rn.nspname as in_schema, rc.relname as in_table, ra.attname as in_key,
                array(select array[x.attname::text,
                          pg_catalog.format_type(coalesce(nullif(xt.typbasetype, 0), xt.oid), -1)]
                      from pg_catalog.pg_attribute x join pg_catalog.pg_type xt on xt.oid = x.atttypid
                      where x.attrelid = rc.oid and x.attnum > 0 and not x.attisdropped
                          and pg_catalog.has_column_privilege(rc.oid, x.attnum, 'select')) as readable
            from pg_catalog.pg_constraint k
                join pg_catalog.pg_class c on c.oid = k.conrelid
                join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
                join pg_catalog.pg_class rc on rc.oid = k.confrelid
                join pg_catalog.pg_namespace rn on rn.oid = rc.relnamespace
                join pg_catalog.pg_attribute ra on ra.attrelid = rc.oid and ra.attnum = k.confkey[1]
            where k.contype = 'f' and pg_catalog.cardinality(k.conkey) = 1 and k.conparentid = 0
                and pg_catalog.has_schema_privilege(rn.oid, 'usage')
                and pg_catalog.has_column_privilege(rc.oid, ra.attnum, 'select')
            order by k.conname desc
            """;

    private final Map<TableName, Map<String, Reference>> references;

    private ForeignKeys(Map<TableName, Map<String, Reference>> references) {
        this.references = references;
    }

    /** What one column refers to: a key of a table, some of whose columns the role may read, here with their types. */
    private record Reference(String type, TableName table, String key, Map<String, String> readable) {

        /** The columns that find a row. */
        Map<String, DestinationField.Type> by(Table found) {
            Map<String, DestinationField.Type> by = new HashMap<>();
            for (TableColumn column : found.columns()) {
                if (column.comparable() && readable.containsKey(column.name())) {
                    by.put(column.name(), column.field().type());
                }
            }
            return by;
        }
    }

    static ForeignKeys read(Connection connection) throws SQLException {
        Map<TableName, Map<String, Reference>> all = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(KEYS);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                all.computeIfAbsent(new TableName(row.getString(1), row.getString(2)), _ -> new HashMap<>())
                        .put(
                                row.getString(3),
                                new Reference(
                                        row.getString(4),
                                        new TableName(row.getString(5), row.getString(6)),
                                        row.getString(7),
                                        pairs(row.getArray(8))));
            }
        }
        return new ForeignKeys(all);
    }

    private static Map<String, String> pairs(Array array) throws SQLException {
        Map<String, String> pairs = new HashMap<>();
        for (Object pair : (Object[]) array.getArray()) {
            String[] nameAndType = (String[]) pair;
            pairs.put(nameAndType[0], nameAndType[1]);
        }
        return pairs;
    }

    /** A table as the API shows it, with what can be looked up; {@code all} are the tables that may be referred to. */
    DestinationObject object(Table table, Map<TableName, Table> all) {
        DestinationObject plain = table.object();
        Map<String, Reference> own = references.getOrDefault(table.name(), Map.of());
        List<DestinationField> fields = new ArrayList<>();
        for (DestinationField field : plain.fields()) {
            Optional<Reference> reference = Optional.ofNullable(own.get(field.fullName()));
            Optional<DestinationField.Lookup> lookup = reference
                    .filter(known -> all.containsKey(known.table()) && !field.array())
                    .map(known -> new DestinationField.Lookup(known.table().full(), known.by(all.get(known.table()))));
            fields.add(lookup.map(field::withLookup).orElse(field));
        }
        return new DestinationObject(
                plain.fullName(),
                plain.label(),
                plain.behaviors(),
                plain.allowsCustomFields(),
                fields,
                plain.mirrorStrategies());
    }

    /**
     * A target with the lookups of its plan.
     *
     * @throws ConnectorException with code {@code LOOKUP_NOT_SUPPORTED} when the table's keys do not carry them
     */
    WriteTarget resolve(Connection connection, WriteTarget target, WritePlan plan)
            throws SQLException, ConnectorException {
        List<ValueLookup> lookups = new ArrayList<>();
        for (TableColumn column : target.columns()) {
            WritePlan.Lookup asked = plan.lookups().get(column.name());
            if (asked != null) {
                Reference reference =
                        references.getOrDefault(target.table(), Map.of()).get(column.name());
                lookups.add(lookup(connection, column, asked, Optional.ofNullable(reference)));
            }
        }
        return target.looking(lookups);
    }

    private static ValueLookup lookup(
            Connection connection, TableColumn column, WritePlan.Lookup asked, Optional<Reference> reference)
            throws SQLException, ConnectorException {
        Optional<Reference> meant =
                reference.filter(known -> known.table().full().equals(asked.object()) && !column.array());
        Optional<Table> table = meant.isEmpty()
                ? Optional.empty()
                : Catalog.table(connection, meant.get().table());
        Optional<TableColumn> by = table.filter(found -> meant.get().by(found).containsKey(asked.field()))
                .flatMap(found -> found.column(asked.field()));
        if (by.isEmpty()) {
            throw new ConnectorException(new ConnectorError(
                    "LOOKUP_NOT_SUPPORTED",
                    ConnectorError.Fault.CONFIGURATION,
                    "Column " + column.name() + " cannot be given what is looked up in " + asked.object() + " by "
                            + asked.field() + ": it must have a foreign key of its own to that table, and the role must"
                            + " be allowed to read both columns there."));
        }
        return new ValueLookup(
                column,
                meant.get().type(),
                meant.get().table(),
                by.get(),
                meant.get().readable().get(asked.field()),
                meant.get().key());
    }
}
