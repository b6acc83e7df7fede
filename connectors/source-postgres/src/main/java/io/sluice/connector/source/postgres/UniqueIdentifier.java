package io.sluice.connector.source.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Looks for a proof that no identifier occurs twice: a valid unique index over all rows, on columns of the identifier only.
 * Equal texts are equal values in every type, so unique values have unique texts.
 */
final class UniqueIdentifier {
    /** An index does not see the rows of tables that inherit from its table (partitions it does see). */
    private static final String PROOF =
            """
            SELECT EXISTS (
              SELECT FROM pg_catalog.pg_index i
              JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
              WHERE c.oid = ?::oid
                AND i.indisunique AND i.indisvalid AND i.indisready AND i.indimmediate
                AND i.indpred IS NULL AND i.indexprs IS NULL
                AND NOT EXISTS (
                       SELECT FROM pg_catalog.unnest(i.indkey::int2[]) WITH ORDINALITY AS k(number, place)
                       JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number
                       WHERE k.place <= i.indnkeyatts AND a.attname::text <> ALL (?))
                AND (c.relkind = 'p' OR NOT EXISTS (
                       SELECT FROM pg_catalog.pg_inherits h WHERE h.inhparent = c.oid)))""";

    private UniqueIdentifier() {}

    /** Whether the columns together are unique in the relation. */
    static boolean isProven(Session session, Relation relation, List<String> columns) throws SQLException {
        if (!(relation instanceof Relation.Stored table)) {
            return false;
        }
        try (PreparedStatement statement = session.connection().prepareStatement(PROOF)) {
            statement.setLong(1, table.oid());
            statement.setArray(2, session.connection().createArrayOf("text", columns.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
