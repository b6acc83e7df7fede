package io.sluice.connector.source.postgres;

import io.sluice.connector.jdbc.SqlNames;
import java.util.List;
import java.util.Objects;

/**
 * What the bookkeeping schema holds for people: the log of syncs and the tables it is joined with (WWB-2, WWB-4). Pure.
 *
 * <p>The payload is stored as text and shown as {@code json}: a value that this server's JSON parser refused would else
 * keep the state from being saved, which is in the same transaction.
 *
 * @param schema the schema's name, as configured
 */
record WritebackTables(String schema) {
    /** The table behind the view; who looks for the log finds the view. */
    static final String ENTRIES = "sync_log_entries";

    /** The last thing {@link #create} makes. */
    static final String LAST_MADE = "destination_objects";

    /** Rows removed in one transaction. */
    static final int REMOVED_TOGETHER = 20_000;

    private static final String COLUMNS =
            "sync_id, sync_run_id, record_identifier, %s, batch_started_at, batch_completed_at, operation, status,"
                    + " status_message, _census_logged_at, destination_id, destination_object_id, source_id,"
                    + " source_object_id";

    private static final String SHOWN = "log_id, " + COLUMNS.formatted("record_payload::json AS record_payload");

    WritebackTables {
        Objects.requireNonNull(schema, "schema");
    }

    private String named(String table) {
        return SqlNames.qualified(schema, table);
    }

    /** Everything, in an order in which it can be made. */
    List<String> create() {
        return List.of(
                "CREATE TABLE IF NOT EXISTS " + named(ENTRIES)
                        + " (log_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, sync_id bigint NOT NULL,"
                        + " sync_run_id bigint NOT NULL, record_identifier text NOT NULL, record_payload text,"
                        + " batch_started_at timestamptz, batch_completed_at timestamptz, operation text NOT NULL,"
                        + " status text NOT NULL, status_message text,"
                        + " _census_logged_at timestamptz NOT NULL DEFAULT now(), destination_id bigint NOT NULL,"
                        + " destination_object_id bigint NOT NULL, source_id bigint NOT NULL,"
                        + " source_object_id bigint NOT NULL)",
                "CREATE INDEX IF NOT EXISTS sync_log_entries_age ON " + named(ENTRIES)
                        + " (sync_id, _census_logged_at)",
                "CREATE OR REPLACE VIEW " + named("sync_log") + " AS SELECT " + SHOWN + " FROM " + named(ENTRIES),
                "CREATE OR REPLACE VIEW " + named("sync_log_latest")
                        + " AS SELECT DISTINCT ON (sync_id, record_identifier) " + SHOWN + " FROM " + named(ENTRIES)
                        + " ORDER BY sync_id, record_identifier, log_id DESC",
                "CREATE TABLE IF NOT EXISTS " + named("source_objects")
                        + " (id bigint PRIMARY KEY, type text, name text NOT NULL, model_id bigint,"
                        + " business_object_id bigint, filter_segment_id bigint, cohort_id bigint)",
                "CREATE TABLE IF NOT EXISTS " + named("destinations")
                        + " (id bigint PRIMARY KEY, type text, name text NOT NULL)",
                "CREATE TABLE IF NOT EXISTS " + named(LAST_MADE)
                        + " (id bigint PRIMARY KEY, type text, name text NOT NULL)");
    }

    /**
     * Parameters: the six ids of the run (sync, run, destination, its object, source, its object), then arrays: identifiers,
     * payloads, starts, ends, operations, statuses, messages. Times are milliseconds since 1970.
     */
    String insertLines() {
        return "INSERT INTO " + named(ENTRIES) + " (sync_id, sync_run_id, destination_id, destination_object_id,"
                + " source_id, source_object_id, record_identifier, record_payload, batch_started_at,"
                + " batch_completed_at, operation, status, status_message)"
                + " SELECT ?, ?, ?, ?, ?, ?, l.identifier, l.payload, to_timestamp(l.started / 1000.0),"
                + " to_timestamp(l.ended / 1000.0), l.operation, l.status, l.message"
                + " FROM unnest(?::text[], ?::text[], ?::int8[], ?::int8[], ?::text[], ?::text[], ?::text[])"
                + " WITH ORDINALITY AS l (identifier, payload, started, ended, operation, status, message, place)"
                + " ORDER BY l.place";
    }

    /** Parameters: sync, age in seconds. */
    String removeOld() {
        return "DELETE FROM " + named(ENTRIES) + " WHERE log_id IN (SELECT log_id FROM " + named(ENTRIES)
                + " WHERE sync_id = ? AND _census_logged_at < now() - make_interval(secs => ?) LIMIT "
                + REMOVED_TOGETHER + ")";
    }

    String clear(String table) {
        return "DELETE FROM " + named(table);
    }

    /** Parameters: arrays of ids, types, names, and the four kinds of origin. */
    String insertSourceObjects() {
        return "INSERT INTO " + named("source_objects")
                + " SELECT * FROM unnest(?::int8[], ?::text[], ?::text[], ?::int8[], ?::int8[], ?::int8[], ?::int8[])";
    }

    /** Parameters: arrays of ids, types and names. */
    String insertNamed(String table) {
        return "INSERT INTO " + named(table) + " SELECT * FROM unnest(?::int8[], ?::text[], ?::text[])";
    }
}
