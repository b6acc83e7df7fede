package io.sluice.mapping.engine.liquid;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.record.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** LIQ-2: what is found without rendering is what rendering asks for. */
class TemplateColumnsProperties {
    private static final List<String> COLUMNS = List.of("a", "b", "c d", "É", "size", "first");

    @Property
    void renderingReadsNoColumnThatWasNotFoundAndAllOfThoseThatAlwaysRun(
            @ForAll("templates") Piece template, @ForAll List<Boolean> values) throws Exception {
        LiquidTemplate compiled = LiquidTemplate.compile(template.text(), false);
        Set<String> asked = new HashSet<>();
        Map<String, Integer> positions = new HashMap<>() {
            @Override
            public Integer get(Object column) {
                asked.add((String) column);
                return super.get(column);
            }
        };
        Value[] row = new Value[COLUMNS.size()];
        for (int i = 0; i < row.length; i++) {
            positions.put(COLUMNS.get(i), i);
            row[i] = i < values.size() ? Value.of(values.get(i)) : new Value.Structured("[1,2]");
        }

        compiled.render(positions, row);

        assertThat(compiled.columns().wholeRecord()).isFalse();
        assertThat(compiled.columns().names()).isEqualTo(template.mayRead());
        assertThat(template.mayRead()).containsAll(asked);
        assertThat(asked).containsAll(template.mustRead());
    }

    /** A part of a template. */
    record Piece(String text, Set<String> mayRead, Set<String> mustRead) {
        static Piece of(String text) {
            return new Piece(text, Set.of(), Set.of());
        }

        Piece then(Piece next) {
            return new Piece(text + next.text, union(mayRead, next.mayRead), union(mustRead, next.mustRead));
        }

        Piece sometimes(String before, String after) {
            return new Piece(before + text + after, mayRead, Set.of());
        }

        Piece always(String before, String after) {
            return new Piece(before + text + after, mayRead, mustRead);
        }

        private static Set<String> union(Set<String> one, Set<String> other) {
            Set<String> both = new HashSet<>(one);
            both.addAll(other);
            return both;
        }
    }

    @Provide
    Arbitrary<Piece> templates() {
        return pieces(3);
    }

    private static Arbitrary<Piece> pieces(int depth) {
        Arbitrary<Piece> leaf = Arbitraries.oneOf(
                Arbitraries.of(Piece.of("text "), Piece.of("{% comment %}{{ record['a'] }}{% endcomment %}")),
                columns().map(column -> column.always("{{ ", " }}")),
                columns().map(column -> column.always("{{- ", " | append: 'x' | size -}}")),
                columns().map(column -> column.always("{{ 'x' | append: ", " }}")),
                columns().map(column -> column.always("{% assign v = ", " | default: 1 %}{{ v }}")));
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<Piece> inner = Arbitraries.lazy(() -> pieces(depth - 1));
        Arbitrary<Piece> branch = Combinators.combine(columns(), inner, inner).as((condition, yes, no) -> condition
                .always("{% if ", " == true %}")
                .then(yes.sometimes("", "{% else %}"))
                .then(no.sometimes("", "{% endif %}")));
        Arbitrary<Piece> loop = Combinators.combine(columns(), inner)
                .as((over, body) -> over.always("{% for i in ", " %}").then(body.sometimes("", "{% endfor %}")));
        Arbitrary<Piece> capture = inner.map(body -> body.always("{% capture q %}", "{% endcapture %}{{ q }}"));
        return Arbitraries.oneOf(leaf, branch, loop, capture)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(parts -> new ArrayList<>(parts).stream().reduce(Piece.of(""), Piece::then));
    }

    private static Arbitrary<Piece> columns() {
        return Combinators.combine(Arbitraries.of(COLUMNS), Arbitraries.of("'", "\"", "."))
                .as((column, quote) -> {
                    boolean dotted = quote.equals(".") && column.matches("[a-z]+");
                    String mark = quote.equals(".") ? "'" : quote;
                    String text = dotted ? "record." + column : "record[" + mark + column + mark + "]";
                    return new Piece(text, Set.of(column), Set.of(column));
                });
    }
}
