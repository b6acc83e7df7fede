package io.sluice.connector.source.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Finds out how to read types by their object id: looks through domains and into arrays. */
final class TypeCatalog {
    private static final int NONE = 0;

    private static final String LOOK_UP =
            """
            SELECT t.oid::int8, t.typtype, t.typbasetype::int8,
                   CASE WHEN e.typarray = t.oid THEN t.typelem::int8 ELSE 0 END,
                   t.typsend = 'pg_catalog.textsend'::regproc AND t.typtype = 'b'
            FROM pg_catalog.pg_type t
            LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem
            WHERE t.oid = ANY (?)""";

    private final Map<Integer, Type> types = new HashMap<>();

    /** What the catalog says of a type; base and element are 0 where there is none. */
    private record Type(boolean isEnum, int base, int element, boolean sentAsText) {}

    /** Loads these types and all they are made of. */
    static TypeCatalog load(Connection connection, Collection<Integer> oids) throws SQLException {
        TypeCatalog catalog = new TypeCatalog();
        Set<Integer> wanted = new HashSet<>(oids);
        while (!wanted.isEmpty()) {
            catalog.lookUp(connection, wanted);
            Set<Integer> next = new HashSet<>();
            for (Type type : catalog.types.values()) {
                next.add(type.base());
                next.add(type.element());
            }
            next.remove(NONE);
            next.removeAll(catalog.types.keySet());
            next.removeAll(wanted);
            wanted = next;
        }
        return catalog;
    }

    private void lookUp(Connection connection, Set<Integer> oids) throws SQLException {
        Array array = connection.createArrayOf(
                "int8", oids.stream().map(Integer::toUnsignedLong).toArray());
        try (PreparedStatement statement = connection.prepareStatement(LOOK_UP)) {
            statement.setArray(1, array);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    types.put(
                            (int) row.getLong(1),
                            new Type(
                                    row.getString(2).equals("e"),
                                    (int) row.getLong(3),
                                    (int) row.getLong(4),
                                    row.getBoolean(5)));
                }
            }
        }
    }

    /** How to read values of that type. */
    ColumnEncoding encoding(int oid) {
        Type type = types.get(oid);
        if (type == null) {
            return ColumnEncoding.AS_TEXT;
        }
        if (type.base() != NONE) {
            return encoding(type.base());
        }
        if (type.element() != NONE) {
            return encoding(type.element()).array();
        }
        return ColumnEncoding.builtIn(oid).orElseGet(() -> {
            if (type.isEnum()) {
                return ColumnEncoding.ENUM;
            }
            return type.sentAsText() ? ColumnEncoding.TEXT : ColumnEncoding.AS_TEXT;
        });
    }
}
