package io.sluice.connector.source.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/**
 * Text as a database can keep it: PostgreSQL has no NUL character, and one whose encoding is not UTF-8 has few characters.
 * What a destination said must not keep the state from being saved.
 *
 * @param unicode whether the database has every character
 */
record StorableText(boolean unicode) {
    private static final char REPLACEMENT = '\uFFFD';

    static StorableText of(Connection connection) throws SQLException {
        return new StorableText(
                "UTF8".equals(connection.unwrap(PGConnection.class).getParameterStatus("server_encoding")));
    }

    /** JSON means the same with its characters escaped. */
    String json(String json) {
        if (json == null || unicode || isAscii(json)) {
            return json;
        }
        StringBuilder escaped = new StringBuilder(json.length() + 32);
        json.chars().forEach(character -> {
            if (character < 0x80) {
                escaped.append((char) character);
            } else {
                escaped.append(String.format("\\u%04x", character));
            }
        });
        return escaped.toString();
    }

    /** Words for people: a character that cannot be kept becomes one that says so. */
    String words(String text) {
        if (text == null) {
            return null;
        }
        String kept = text.replace('\0', unicode ? REPLACEMENT : '?');
        return unicode || isAscii(kept) ? kept : kept.replaceAll("[^\\x00-\\x7F]", "?");
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(character -> character < 0x80);
    }
}
