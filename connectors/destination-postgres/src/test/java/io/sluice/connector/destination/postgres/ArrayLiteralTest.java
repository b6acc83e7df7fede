package io.sluice.connector.destination.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrayLiteralTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            []                       | {}
            [1, 2.50 ,-3e5]          | {"1","2.50","-3e5"}
            [true,false,null]        | {"true","false",NULL}
            ["a","","NULL","{},\\\""]| {"a","","NULL","{},\\""}
            ["back\\\\slash"]        | {"back\\\\slash"}
            ["\\u00e9\\t"]           | {"é\t"}
            [[1,2],[3,null]]         | {{"1","2"},{"3",NULL}}
            [{"a": [1]}, "x"]        | {"{\\"a\\": [1]}","x"}
            """)
    void nestsQuotesAndKeepsNulls(String json, String literal) throws Exception {
        assertThat(ArrayLiteral.of(json, column("text", ','))).isEqualTo(literal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            [[1,2.50],[3]]           | {"[1,2.50]","[3]"}
            ["a", {"b" : "c"}, 1.0]  | {"\\"a\\"","{\\"b\\" : \\"c\\"}","1.0"}
            [null, "\\u00e9", true]  | {NULL,"\\"\\\\u00e9\\"","true"}
            """)
    void elementsThatAreJsonThemselvesAreLeftAsTheyAre(String json, String literal) throws Exception {
        assertThat(ArrayLiteral.of(json, column("jsonb", ','))).isEqualTo(literal);
    }

    @Test
    void usesTheTypesOwnDelimiter() throws Exception {
        assertThat(ArrayLiteral.of("[\"(1,1),(0,0)\",null]", column("box", ';')))
                .isEqualTo("{\"(1,1),(0,0)\";NULL}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"a\":1}", "5", "\"[]\"", "null", "", "[1", "[1,]", "[1] [2]", "[1}", "[NaN]"})
    void whatIsNoArrayIsRefused(String json) {
        assertThatExceptionOfType(UnfitValueException.class)
                .isThrownBy(() -> ArrayLiteral.of(json, column("text", ',')))
                .withMessage("JSON_ARRAY_ERROR: column tags takes a list, and the value is not a JSON array");
    }

    private static TableColumn column(String type, char delimiter) {
        return new TableColumn("tags", type, "", true, delimiter, true, true, false, false);
    }
}
