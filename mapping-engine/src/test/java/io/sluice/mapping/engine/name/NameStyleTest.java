package io.sluice.mapping.engine.name;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MAP-8. */
class NameStyleTest {

    @ParameterizedTest
    @CsvSource({
        "start_case, first_name, First Name",
        "start_case, HTTPStatusCode, Http Status Code",
        "camel_case, First Name, firstName",
        "camel_case, user_id2, userId2",
        "snake_case, firstName, first_name",
        "snake_case, Ärger-über  ALLES, ärger_über_alles",
        "lower_case, First Name, first name",
        "upper_case, first_name, FIRST_NAME",
        "match_source_names, First-Name, First-Name",
        "snake_case, !!!, !!!",
    })
    void namesAreWrittenInTheirStyle(String style, String column, String field) {
        assertThat(NameStyle.fromWireName(style).orElseThrow().of(column)).isEqualTo(field);
    }

    @Test
    void noTwoColumnsShareAFieldAndTheOneThatIsInStyleKeepsItsName() {
        assertThat(NameStyle.SNAKE_CASE.of(Set.of("first name", "firstName", "first_name")))
                .containsEntry("first_name", "first_name")
                .containsEntry("first name", "first_name_2")
                .containsEntry("firstName", "first_name_3");
        assertThat(NameStyle.ENSURE_UNIQUENESS.of(Set.of("ID", "id"))).containsValues("ID", "id_2");
        assertThat(NameStyle.MATCH_SOURCE_NAMES.of(Set.of("ID", "id"))).containsValues("ID", "id");
    }
}
