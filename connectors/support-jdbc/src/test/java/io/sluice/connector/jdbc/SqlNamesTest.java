package io.sluice.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlNamesTest {

    @Test
    void quotesWhatWouldBreakOut() {
        assertThat(SqlNames.quote("plain")).isEqualTo("\"plain\"");
        assertThat(SqlNames.quote("a\"; drop table x; --")).isEqualTo("\"a\"\"; drop table x; --\"");
        assertThat(SqlNames.qualified("odd schema", "Käse")).isEqualTo("\"odd schema\".\"Käse\"");
    }

    @Test
    void literalsKeepQuotesAndBackslashes() {
        assertThat(SqlNames.literal("it's")).isEqualTo("'it''s'");
        assertThat(SqlNames.literal("back\\slash'")).isEqualTo("E'back\\\\slash'''");
    }
}
