package io.sluice.connector.source.postgres;

import io.sluice.connector.source.DeltaRequest;
import java.util.Collections;

/**
 * The SQL of one diff. Pure.
 *
 * <p>Each tuple is the payload's columns and then {@code kind} (smallint), {@code number} (bigint), {@code identifier}
 * (text) and {@code fingerprint} (16 bytes). What a fingerprint is: {@link RowFingerprint}.
 *
 * @param read the read that is compared
 * @param fingerprint how rows are compared
 * @param accepted the table of the sync's state, quoted
 * @param identifier the expression that spells a row's identifier
 * @param scope which valid rows are wanted
 */
record DeltaStatements(
        ReadStatements read, RowFingerprint fingerprint, String accepted, String identifier, DeltaRequest.Scope scope) {
    static final int ADDED = 1;
    static final int CHANGED = 2;
    static final int NULL_IDENTIFIER = 3;
    static final int DUPLICATE_IDENTIFIER = 4;
    static final int REMOVED = 5;
    static final int RESENT = 9;
    /** Unchanged, but the state has its fingerprint in the earlier form. */
    static final int RESTATED = 10;
    /** {@code number} is how many rows the source has. */
    static final int TOTAL = 6;
    /** {@code number} is how many records are gone. */
    static final int TOTAL_REMOVED = 7;
    /** {@code number} is how many records the state has. */
    static final int TOTAL_KNOWN = 8;
    /** Columns behind the payload. */
    static final int EXTRA_COLUMNS = 4;

    String countRows() {
        return "SELECT count(*) FROM " + read.relation().from() + " AS q";
    }

    String countRemoved() {
        return "SELECT count(*) FROM (" + removedKeys(read.relation().from()) + ") AS gone";
    }

    /** What differs, for relations that two scans read alike. */
    String copyRows(boolean marked) {
        return ReadStatements.copy(rows(read.relation().from(), marked));
    }

    /** The removed records, for relations that two scans read alike. */
    String copyRemoved() {
        return ReadStatements.copy(
                "SELECT " + nulls() + ", " + REMOVED + "::int2, NULL::int8, g.identifier, NULL::bytea" + " FROM ("
                        + removedKeys(read.relation().from()) + ") AS g");
    }

    /**
     * Everything in one statement that evaluates the relation once: rows, then the counts, then the removed records. For
     * relations that may give other rows the second time.
     */
    String copyOnce(boolean removals) {
        String sql = "WITH q AS MATERIALIZED (SELECT " + read.keptColumns("i") + " FROM "
                + read.relation().from() + " AS i)";
        if (removals) {
            sql += ", gone AS MATERIALIZED (" + removedKeys("q") + ")";
        }
        sql += " " + rows("q", true) + total(TOTAL, "q") + total(TOTAL_KNOWN, accepted);
        if (removals) {
            sql += total(TOTAL_REMOVED, "gone") + " UNION ALL SELECT " + nulls() + ", " + REMOVED
                    + "::int2, NULL, gone.identifier, NULL FROM gone";
        }
        return ReadStatements.copy(sql);
    }

    private String total(int kind, String from) {
        return " UNION ALL SELECT " + nulls() + ", " + kind + "::int2, count(*), NULL, NULL FROM " + from + " AS t";
    }

    private String rows(String from, boolean marked) {
        String duplicate = marked ? "d.k IS NOT NULL" : "false";
        String sql = "SELECT " + read.selectList() + ", (CASE WHEN " + read.identifierName()
                + " IS NULL THEN " + NULL_IDENTIFIER + " WHEN " + duplicate + " THEN " + DUPLICATE_IDENTIFIER
                + " WHEN a.identifier IS NULL THEN " + ADDED + " " + known()
                + " END)::int2, NULL::int8, NULL::text, "
                + fingerprint.now() + " FROM " + from + " AS q LEFT JOIN " + accepted + " AS a ON a.identifier = "
                + key();
        if (marked) {
            sql += " LEFT JOIN (" + read.duplicatedKeys(from) + ") AS d ON d.k = " + read.key();
        }
        return sql + " WHERE a.identifier IS NULL OR " + (marked ? "d.k IS NOT NULL OR " : "") + resent()
                + fingerprint.differs("a.fingerprint");
    }

    private String resent() {
        return switch (scope) {
            case DeltaRequest.Differences differences -> "";
            case DeltaRequest.Everything(long since) -> "a.run_id < " + since + " OR ";
        };
    }

    /** The kind of a valid row that the state knows. */
    private String known() {
        String compared = "WHEN a.fingerprint = " + fingerprint.earlier() + " THEN " + RESTATED + " ELSE " + CHANGED;
        return switch (scope) {
            case DeltaRequest.Differences differences -> compared;
            case DeltaRequest.Everything(long since) -> "WHEN a.run_id < " + since + " THEN " + RESENT + " " + compared;
        };
    }

    private String removedKeys(String from) {
        return "SELECT a.identifier FROM " + accepted + " AS a WHERE NOT EXISTS (SELECT FROM " + from + " AS q WHERE "
                + key() + " = a.identifier)";
    }

    private String key() {
        return "((" + identifier + ") COLLATE \"C\")";
    }

    private String nulls() {
        return String.join(", ", Collections.nCopies(read.columns().size(), "NULL"));
    }
}
