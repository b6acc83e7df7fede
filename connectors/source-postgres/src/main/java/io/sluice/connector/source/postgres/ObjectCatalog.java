package io.sluice.connector.source.postgres;

import io.sluice.connector.source.SourceObject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Lists what can be read. */
final class ObjectCatalog {
    private static final String LIST =
            """
            SELECT n.nspname, c.relname
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'v', 'm', 'f', 'p')
              AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' AND n.nspname <> ?
              AND has_schema_privilege(n.oid, 'USAGE')
              AND (has_table_privilege(c.oid, 'SELECT') OR has_any_column_privilege(c.oid, 'SELECT'))
            ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C\"""";

    private ObjectCatalog() {}

    /** Everything but the system's schemas and the bookkeeping schema (SRC-7). */
    static List<SourceObject> list(Session session, String bookkeepingSchema) throws SQLException {
        String database = session.database();
        List<SourceObject> objects = new ArrayList<>();
        try (PreparedStatement statement = session.connection().prepareStatement(LIST)) {
            statement.setString(1, bookkeepingSchema);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    objects.add(new SourceObject(database, row.getString(1), row.getString(2)));
                }
            }
        }
        return objects;
    }
}
