package io.sluice.connector.source.postgres;

import io.sluice.connector.jdbc.SqlNames;
import io.sluice.connector.source.StateId;
import java.util.Objects;

/**
 * The tables of the bookkeeping schema and their SQL. Pure.
 *
 * <p>Per sync one table of what the destination accepted; for all syncs one table of how far each was applied. Both are
 * ordinary, logged tables: an unlogged one is empty after a crash of the server, and a lost state means that a mirror never
 * removes what it sent. There are no staging tables: changes arrive as arrays, so a dead run leaves nothing behind.
 *
 * @param schema the schema's name, as configured
 */
record BookkeepingTables(String schema) {
    BookkeepingTables {
        Objects.requireNonNull(schema, "schema");
    }

    /** The table of a sync, without its schema. */
    static String acceptedName(StateId sync) {
        return "accepted_w" + sync.workspaceId() + "_s" + sync.syncId();
    }

    /** The table of a sync, quoted. */
    String accepted(StateId sync) {
        return SqlNames.qualified(schema, acceptedName(sync));
    }

    private String applied() {
        return SqlNames.qualified(schema, "applied");
    }

    /** Waits for who else makes the shared parts, until the transaction ends. Parameter: the schema. */
    String lockShared() {
        return "SELECT true FROM (SELECT pg_catalog.pg_advisory_xact_lock("
                + "pg_catalog.hashtextextended('sluice bookkeeping ' || ?, 0))) AS locked";
    }

    String createSchema() {
        return "CREATE SCHEMA IF NOT EXISTS " + SqlNames.quote(schema);
    }

    String createApplied() {
        return "CREATE TABLE IF NOT EXISTS " + applied()
                + " (workspace_id bigint, sync_id bigint, slice integer, run_id bigint NOT NULL, log_offset bigint NOT NULL,"
                + " PRIMARY KEY (workspace_id, sync_id, slice))";
    }

    String createAccepted(StateId sync) {
        return "CREATE TABLE IF NOT EXISTS " + accepted(sync)
                + " (identifier text COLLATE \"C\" PRIMARY KEY, fingerprint uuid, run_id bigint NOT NULL)"
                + " WITH (fillfactor = 90)";
    }

    String dropAccepted(StateId sync) {
        return "DROP TABLE IF EXISTS " + accepted(sync);
    }

    /** Parameters: workspace, sync, slice, run, offset. Changes no row when the position is not beyond the known one. */
    String advance() {
        return "INSERT INTO " + applied()
                + " AS known VALUES (?, ?, ?, ?, ?) ON CONFLICT (workspace_id, sync_id, slice)"
                + " DO UPDATE SET run_id = excluded.run_id, log_offset = excluded.log_offset"
                + " WHERE (known.run_id, known.log_offset) < (excluded.run_id, excluded.log_offset)";
    }

    /** Parameters: workspace, sync, slice. */
    String position() {
        return "SELECT run_id, log_offset FROM " + applied()
                + " WHERE workspace_id = ? AND sync_id = ? AND slice = ? FOR UPDATE";
    }

    /** Parameter: identifiers. */
    String drop(StateId sync) {
        return "DELETE FROM " + accepted(sync) + " WHERE identifier = ANY (?)";
    }

    /** Parameters: run, identifiers, fingerprints. */
    String store(StateId sync) {
        return "INSERT INTO " + accepted(sync)
                + " (run_id, identifier, fingerprint) SELECT ?, * FROM unnest(?::text[], ?::uuid[])"
                + " ON CONFLICT (identifier) DO UPDATE SET fingerprint = excluded.fingerprint, run_id = excluded.run_id";
    }

    /** Parameters: identifiers, fingerprints. */
    String doubt(StateId sync) {
        return "UPDATE " + accepted(sync) + " AS a SET fingerprint = NULL FROM unnest(?::text[], ?::uuid[])"
                + " AS c (identifier, fingerprint) WHERE a.identifier = c.identifier"
                + " AND (c.fingerprint IS NULL OR a.fingerprint = c.fingerprint)";
    }

    String count(StateId sync) {
        return "SELECT count(*) FROM " + accepted(sync);
    }
}
