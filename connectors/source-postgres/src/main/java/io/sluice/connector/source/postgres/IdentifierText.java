package io.sluice.connector.source.postgres;

import java.util.Optional;

/**
 * How the database spells an identifier so that it reads exactly as {@code docs/reference/json-form.md} says: its own
 * bookkeeping is joined to the source by that text.
 */
enum IdentifierText {
    /** The cast to text is it. */
    CAST {
        @Override
        Optional<String> sql(String value) {
            return Optional.of(value + "::text");
        }
    },
    /** As a cast, but a fraction always has six digits. */
    TIME {
        @Override
        Optional<String> sql(String value) {
            return Optional.of("CASE WHEN position('.' IN " + value + "::text) = 0 THEN " + value + "::text ELSE rpad("
                    + value + "::text, " + "00:00:00.000000".length() + ", '0') END");
        }
    },
    /** ISO with a T, six digits of a fraction, and the era last. */
    TIMESTAMP {
        @Override
        Optional<String> sql(String value) {
            return Optional.of(moment(value, "", "timestamp"));
        }
    },
    /** As {@link #TIMESTAMP}, in UTC, which the session's time zone is. */
    TIMESTAMPTZ {
        @Override
        Optional<String> sql(String value) {
            return Optional.of(moment(value, "Z", "timestamptz"));
        }
    },
    /** There is no short way to spell it. */
    NONE {
        @Override
        Optional<String> sql(String value) {
            return Optional.empty();
        }
    };

    /** The expression that spells the value of an expression; empty when there is none. */
    abstract Optional<String> sql(String value);

    private static String moment(String value, String zone, String type) {
        return "CASE WHEN NOT isfinite(" + value + ") THEN " + value + "::text ELSE to_char(" + value
                + ", 'YYYY-MM-DD\"T\"HH24:MI:SS') || CASE to_char(" + value
                + ", 'US') WHEN '000000' THEN '' ELSE '.' || to_char(" + value + ", 'US') END || '" + zone
                + "' || CASE WHEN " + value + " < '0001-01-01'::" + type + " THEN ' BC' ELSE '' END END";
    }
}
