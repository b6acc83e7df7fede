package io.sluice.connector.source.postgres;

import io.sluice.connector.jdbc.SqlNames;
import java.util.stream.Collectors;

/**
 * What the database compares of a row: 128 bits over the columns of a read but the identifier, which the rows are joined
 * by. Pure.
 *
 * <p>The first half of the SHA-256 of the values' binary form, which PostgreSQL writes in half the time of their text
 * (ADR 0210). It has the types' object ids in it, so values are first seen as a type that every database has under the same
 * id: all integers as one, all kinds of text as one. Numbers that differ in their scale only, floats that differ in their
 * sign of zero only, NULL and the empty text are different, as they are in the payload.
 *
 * @param read the read whose rows, under the alias {@code q}, are compared
 */
record RowFingerprint(ReadStatements read) {

    /** The expression of a row's fingerprint, a bytea of 16 bytes. */
    String now() {
        String values = read.columns().stream()
                .filter(column -> column != read.identifier())
                .map(RowFingerprint::comparable)
                .collect(Collectors.joining(", "));
        return "substr(sha256(record_send(ROW(" + values + "))), 1, 16)";
    }

    private static String comparable(ResultColumn column) {
        return "q." + SqlNames.quote(column.name()) + "::" + column.encoding().comparedAs();
    }

    /** Whether a stored fingerprint (uuid) is not the row's; one that nobody knows differs from any. */
    String differs(String stored) {
        return "uuid_send(" + stored + ") IS DISTINCT FROM " + now();
    }

    /**
     * The form that states were written in before: a uuid, the MD5 of the row's text. Only asked for rows that seem changed,
     * so it costs nothing once a state is written anew.
     */
    String earlier() {
        return "md5(ROW(" + read.keptColumns("q") + ")::text)::uuid";
    }
}
