package io.sluice.connector.source.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Looks for a proof that no identifier occurs twice: a valid unique index on that column alone, over all rows. Equal
 * texts are equal values in every type, so unique values have unique texts.
 */
final class UniqueIdentifier {
    /** An index does not see the rows of tables that inherit from its table (partitions it does see). */
    private static final String PROOF =
            """
            SELECT EXISTS (
              SELECT FROM pg_catalog.pg_index i
              JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
              JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
              WHERE c.oid = ?::oid AND a.attname = ?
                AND i.indisunique AND i.indisvalid AND i.indisready AND i.indimmediate
                AND i.indpred IS NULL AND i.indexprs IS NULL AND i.indnkeyatts = 1
                AND (c.relkind = 'p' OR NOT EXISTS (
                       SELECT FROM pg_catalog.pg_inherits h WHERE h.inhparent = c.oid)))""";

    private UniqueIdentifier() {}

    static boolean isProven(Session session, Relation relation, ResultColumn identifier) throws SQLException {
        if (!(relation instanceof Relation.Stored table)) {
            return false;
        }
        try (PreparedStatement statement = session.connection().prepareStatement(PROOF)) {
            statement.setLong(1, table.oid());
            statement.setString(2, identifier.name());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
