package io.sluice.mapping.engine.liquid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.mapping.engine.liquid.TemplateProblem.Code;
import io.sluice.record.Value;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiquidTemplateTest {
    private static final List<String> COLUMNS =
            List.of("Name", "age", "big", "flag", "list", "none", "object", "price", "text");
    private static final String PAYLOAD =
            """
            {"Name":"Zoë \\"Q\\"","age":42,"big":9007199254740993,"flag":true,"list":[1,2.50,"x"],"none":null,\
            "object":{"a":{"b":1.10},"c":"d"},"price":19.90,"text":" a b "}""";

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "{{ record['Name'] }}~Zoë \"Q\"",
                "{{ record.age }}~42",
                "{{ record['big'] }}~9007199254740993",
                "{{ record['price'] }}~19.90",
                "{{ record['object'].a.b }}~1.10",
                "{{ record['object']['a']['b'] }}~1.10",
                "{{ record['list'][1] }}~2.50",
                "{{ record['list'] | size }}{{ record['list'].first }}~31",
                "{{ record['object'] }}~{\"a\":{\"b\":1.10},\"c\":\"d\"}",
                "[{{ record['none'] }}]~[]",
                "{{ record['none'] | default: 'anonymous' }}~anonymous",
                "{{ record['age'] | plus: 0.1 | plus: 0.2 }}~42.3",
                "{{ record['big'] | plus: 1 }}~9007199254740994",
                "{{ record['price'] | times: 3 }}~59.7",
                "{{ 10 | divided_by: 4 }} {{ 10 | divided_by: 4.0 }} {{ -7 | divided_by: 2 }}~2 2.5 -4",
                "{{ 1.235 | round: 2 }} {{ 1.5 | round }} {{ 1.2 | ceil }} {{ -1.2 | abs }}~1.24 2 2 1.2",
                "{% if record['big'] == 9007199254740992 %}equal{% else %}different{% endif %}~different",
                "{% case record['big'] %}{% when 9007199254740992 %}a{% when 9007199254740993 %}b{% endcase %}~b",
                "{% if record['flag'] and record['age'] >= 18 %}adult{% endif %}~adult",
                "{% unless record['none'] %}nothing{% endunless %}~nothing",
                "{% if record['text'] contains 'a b' %}yes{% endif %}~yes",
                "{% if record['none'] == blank %}blank{% endif %}{% if record['text'] != empty %}full{% endif %}~blankfull",
                "{% assign n = record['Name'] | split: ' ' %}{{ n[0] | upcase }}~ZOË",
                "{% capture c %}<{{ record['age'] }}>{% endcapture %}{{ c }}{{ c }}~<42><42>",
                "{% for i in record['list'] %}{{ forloop.index }}:{{ i }}{% unless forloop.last %},{% endunless %}{% endfor %}~1:1,2:2.50,3:x",
                "{% for i in (1..3) reversed %}{{ i }}{% endfor %}~321",
                "{% for p in record['object'] %}{{ p[0] }};{% endfor %}~a;c;",
                "{% increment x %}{% increment x %}{{ x }}~012",
                "{% comment %} {{ nothing }} {% endcomment %}{% raw %}{{ x }}{% endraw %}~{{ x }}",
                "a {{- record['text'] -}} b~a a b b",
                "a {%- assign x = 1 -%} b~ab",
                "{{ record['list'] | json }} {{ record['Name'] | json }}~[1,2.50,\"x\"] \"Zoë \\\"Q\\\"\"",
                "{{ record | only: 'age', 'flag' | json }}~{\"age\":42,\"flag\":true}",
                "{{ record['object'] | except: 'a' | json }}~{\"c\":\"d\"}",
                "{{ record['object'] | keys | join: '+' }}~a+c",
                "{{ 'abc' | sha256 }}~ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                "[{{ record['none'] | sha256 }}{{ record['none'] | base64 }}]~[]",
                "{{ 'Zoë' | base64 }} {{ 'Wm/Dqw==' | base64_decode }}~Wm/Dqw== Zoë",
                "{{ 'a-b-a' | replace: 'a', 'c' }} {{ 'a-b-a' | replace_last: 'a', 'c' }}~c-b-c a-b-c",
                "{{ '2024-02-29' | date: '%d.%m.%Y' }}~29.02.2024",
            })
    void liquidFiveWithExactNumbers(String template, String expected) throws Exception {
        assertThat(Rendering.render(template, false, COLUMNS, PAYLOAD)).isEqualTo(new Value.Text(expected));
    }

    /** LIQ-5. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "{\"n\": \"{{ record['Name'] }}\"}~{\"n\": \"Zoë \\\"Q\\\"\"}",
                "{\"n\": \"{{ record['Name'] }}\", \"p\": {{ record['price'] }},}~{\"n\":\"Zoë \\\"Q\\\"\",\"p\":19.90}",
                "{\"o\": {{ record['object'] }}, \"l\": {{ record['list'] | json }}}~{\"o\": {\"a\":{\"b\":1.10},\"c\":\"d\"}, \"l\": [1,2.50,\"x\"]}",
                "{a: {{ record['none'] }}, b: yes, 'c': !!str 1, d: 1.50}~{\"a\":null,\"b\":\"yes\",\"c\":\"1\",\"d\":1.50}",
                "{\"big\": {{ record['big'] }}}~{\"big\": 9007199254740993}",
                "{ {% capture c %}{{ record['Name'] }}{% endcapture %}\"c\": \"{{ c }}\" }~{ \"c\": \"Zoë \\\"Q\\\"\" }",
                "[{{ '\"a\", \"b\"' | raw }}]~[\"a\", \"b\"]",
            })
    void jsonModeEscapesTextAndYieldsStrictJson(String template, String expected) throws Exception {
        assertThat(Rendering.render(template, true, COLUMNS, PAYLOAD)).isEqualTo(new Value.Structured(expected));
    }

    @Test
    void jsonModeTakesBlockStyleAndScalars() throws Exception {
        String block = "name: \"{{ record['Name'] }}\"\nitems:\n  - {{ record['age'] }}\n  - true\n  - null\n";
        assertThat(Rendering.render(block, true, COLUMNS, PAYLOAD))
                .isEqualTo(new Value.Structured("{\"name\":\"Zoë \\\"Q\\\"\",\"items\":[42,true,null]}"));
        assertThat(Rendering.render("{{ record['price'] }}", true, COLUMNS, PAYLOAD))
                .isEqualTo(new Value.Number("19.90"));
        assertThat(Rendering.render("{{ record['none'] }}", true, COLUMNS, PAYLOAD))
                .isEqualTo(Value.nothing());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": ",
                "!!java.util.Date 2024",
                "!!javax.script.ScriptEngineManager [!!java.net.URL [\"http://127.0.0.1/\"]]",
                "{a: .nan}",
                "{a: 1, a: 2}",
                "--- 1\n--- 2",
                "&a [*a]",
                "{a: &x [1,1,1,1,1,1,1,1,1,1], b: &y [*x,*x,*x,*x,*x,*x,*x,*x], c: &z [*y,*y,*y,*y,*y,*y,*y,*y],"
                        + " d: &w [*z,*z,*z,*z,*z,*z,*z,*z], e: &v [*w,*w,*w,*w,*w,*w,*w,*w],"
                        + " f: &u [*v,*v,*v,*v,*v,*v,*v,*v], g: [*u,*u,*u,*u,*u,*u,*u,*u]}"
            })
    void jsonModeRefusesWhatIsNoJsonRunsNothingAndIsBounded(String template) {
        assertThatThrownBy(() -> Rendering.render(template, true, COLUMNS, PAYLOAD))
                .isInstanceOf(RenderException.class);
    }

    /** LIQ-4, while it is edited. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "{{ recrod['Name'] }}~UNKNOWN_VARIABLE~1~4",
                "a|{{ record['x'] | shout }}~UNKNOWN_FILTER~2~16",
                "{{ record[column] }}~DYNAMIC_COLUMN~1~10",
                "{% assign record = 1 %}~RESERVED_NAME~1~1",
                "{% include 'x' %}~TAG_NOT_ALLOWED~1~1",
                "{% render 'x' %}~SYNTAX~1~4",
                "{% if record['a'] %}~SYNTAX~1~21",
                "{{ record['a' }}~SYNTAX~1~1",
                "{{ 'a' b }}~SYNTAX~1~1",
                "{% endif %}~SYNTAX~1~1",
            })
    void problemsAreFoundWithoutRendering(String template, Code code, int line, int column) {
        TemplateException refused = catchThrowableOfType(
                TemplateException.class, () -> LiquidTemplate.compile(template.replace("a|", "a\n"), false));
        assertThat(refused).isNotNull();
        assertThat(refused.problems().getFirst())
                .extracting(TemplateProblem::code, TemplateProblem::line, TemplateProblem::column)
                .containsExactly(code, line, column);
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        TemplateException refused = catchThrowableOfType(
                TemplateException.class, () -> LiquidTemplate.compile("{{ a | b }}{{ c }}", false));
        assertThat(refused.problems())
                .extracting(TemplateProblem::code)
                .containsExactly(Code.UNKNOWN_VARIABLE, Code.UNKNOWN_FILTER, Code.UNKNOWN_VARIABLE);
    }

    @Test
    void columnsAreFoundInTagsFiltersLoopsAndIndexes() throws Exception {
        TemplateColumns columns = LiquidTemplate.compile(
                        """
                        {% if record['a'] == record.b %}{% for i in record['c'] %}{{ i | append: record["d e"] }}{% endfor %}
                        {% elsif x[record['f']] %}{% endif %}{% assign x = record['Ä'] | plus: record['g'] %}
                        {% case record['h'] %}{% when record['i'] %}{% endcase %}{% capture q %}{{ record['j'] }}{% endcapture %}
                        {% for n in (record['k']..record['l']) limit: record['m'] %}{% endfor %}{% cycle record['n'], 'x' %}
                        {% comment %}{{ record['no'] }}{% endcomment %}{% raw %}{{ record['no'] }}{% endraw %}""",
                        false)
                .columns();
        assertThat(columns.names())
                .containsExactlyInAnyOrder("a", "b", "c", "d e", "f", "Ä", "g", "h", "i", "j", "k", "l", "m", "n");
        assertThat(columns.wholeRecord()).isFalse();
        assertThat(columns.places().get("b")).isEqualTo(new TemplateColumns.Place(1, 30));
        assertThat(LiquidTemplate.compile("{{ record | json }}", false)
                        .columns()
                        .wholeRecord())
                .isTrue();
    }

    /** LIQ-4, record by record: nothing wrong is sent, and nothing of the record is told. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ record['absent'] }}",
                "{{ record['object'].absent }}",
                "{{ record['none'].x }}",
                "{% if record['none'] %}{% assign y = 1 %}{% endif %}{{ y }}",
                "{{ 1 | divided_by: 0 }}",
                "{{ record['Name'] | keys }}",
                "{{ sluice }}{% assign sluice = 1 %}{% if false %}{% endif %}{{ sluice.x.y }}"
            })
    void whatIsNotThereRejectsTheRecord(String template) {
        assertThatThrownBy(() -> Rendering.render(template, false, COLUMNS, PAYLOAD))
                .isInstanceOf(RenderException.class)
                .hasMessageNotContaining("Zoë");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for i in (1..1000000000) %}{% endfor %}",
                "{% assign s = 'aaaaaaaaaa' %}{% for i in (1..60) %}{% assign s = s | append: s %}{% endfor %}",
                "{% assign n = 10 %}{% for i in (1..60) %}{% assign n = n | times: n %}{% endfor %}",
                "{% assign a = '1,2' | split: ',' %}{% for i in (1..60) %}{% assign a = a | concat: a %}{% endfor %}",
                "{% for i in (1..90000) %}0123456789012345678901234567890123456789{% endfor %}",
                "{% for i in (1..300) %}{% for j in (1..300) %}{% for k in (1..300) %}{% endfor %}{% endfor %}{% endfor %}"
            })
    void runawayTemplatesEnd(String template) {
        assertThatThrownBy(() -> Rendering.render(template, false, COLUMNS, PAYLOAD))
                .isInstanceOf(RenderException.class);
    }

    @Test
    void oneTemplateServesManyThreads() throws Exception {
        LiquidTemplate template = LiquidTemplate.compile(
                "{% for i in record['l'] %}{{ record['a'][i] }}{% cycle '-', '+' %}{% endfor %}", false);
        Map<String, Integer> positions = Map.of("a", 0, "l", 1);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Value>> tasks = IntStream.range(0, 400)
                    .<Callable<Value>>mapToObj(n -> () -> template.render(positions, new Value[] {
                        new Value.Structured("[" + n + "," + (n + 1) + "]"), new Value.Structured("[0,1,0]")
                    }))
                    .toList();
            List<Future<Value>> done = threads.invokeAll(tasks);
            for (int n = 0; n < done.size(); n++) {
                assertThat(done.get(n).get()).isEqualTo(new Value.Text(n + "-" + (n + 1) + "+" + n + "-"));
            }
        }
    }
}
