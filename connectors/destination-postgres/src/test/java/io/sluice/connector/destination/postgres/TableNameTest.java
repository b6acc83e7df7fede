package io.sluice.connector.destination.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableNameTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            textBlock =
                    """
            public,    customers, public.customers
            My Schema, Täble,     My Schema.Täble
            a.b,       c,         "a.b".c
            a,         b.c,       a."b.c"
            a,         b"c,       a."b""c"
            """)
    void everyNameReadsBackInOneWay(String schema, String table, String full) {
        TableName name = new TableName(schema, table);

        assertThat(name.full()).isEqualTo(full);
        assertThat(TableName.parse(full)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "customers", ".", "a.", ".b", "a.b.c", "\"a.b", "a.b\"c", "a\".\"b"})
    void otherTextIsNoTable(String text) {
        assertThat(TableName.parse(text)).isEmpty();
    }

    @Test
    void sqlIsAlwaysQuoted() {
        assertThat(new TableName("a", "x\"; drop table y; --").sql()).isEqualTo("\"a\".\"x\"\"; drop table y; --\"");
    }
}
