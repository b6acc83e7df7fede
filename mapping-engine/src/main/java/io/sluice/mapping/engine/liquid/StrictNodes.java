package io.sluice.mapping.engine.liquid;

import io.sluice.mapping.engine.json.JsonText;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import liqp.Insertions;
import liqp.filters.Filters;
import liqp.nodes.AtomNode;
import liqp.nodes.FilterNode;
import liqp.nodes.LNode;
import liqp.nodes.LookupNode;
import liqp.parser.v4.NodeVisitor;
import liquid.parser.v4.LiquidParser;

/** Makes what is rendered out of what was parsed: liqp's nodes, but strict lookups, exact numbers and escaped output. */
final class StrictNodes extends NodeVisitor {
    private final Filters filters;
    private final boolean jsonMode;
    private int captures;

    StrictNodes(Insertions insertions, Filters filters, boolean jsonMode) {
        super(insertions, filters, true);
        this.filters = filters;
        this.jsonMode = jsonMode;
    }

    @Override
    public LookupNode visitLookup_id_indexes(LiquidParser.Lookup_id_indexesContext lookup) {
        StrictLookup node = new StrictLookup(lookup.id().getText());
        for (LiquidParser.IndexContext index : lookup.index()) {
            if (index.Dot() != null) {
                node.addKey(index.id2().getText());
            } else {
                node.addIndex(visit(index.expr()), index.expr().getText());
            }
        }
        return node;
    }

    @Override
    public LNode visitExpr_eq(LiquidParser.Expr_eqContext comparison) {
        return new ExactEquality(
                visit(comparison.lhs), visit(comparison.rhs), comparison.op.getType() == LiquidParser.Eq);
    }

    @Override
    public LNode visitTerm_DoubleNum(LiquidParser.Term_DoubleNumContext number) {
        String digits = number.DoubleNum().getText();
        return new AtomNode(LiquidValues.number(digits.endsWith(".") ? digits + "0" : digits));
    }

    @Override
    public LNode visitTerm_LongNum(LiquidParser.Term_LongNumContext number) {
        return new AtomNode(LiquidValues.number(number.LongNum().getText()));
    }

    @Override
    public FilterNode visitFilter(LiquidParser.FilterContext filter) {
        GuardedFilter node = new GuardedFilter(filter, filters.get(filter.Id().getText()));
        if (filter.params() != null) {
            filter.params().param_expr().forEach(param -> node.add(visit(param)));
        }
        return node;
    }

    /** What is captured is text like any other: it is escaped where it is put out. */
    @Override
    public LNode visitCapture_tag_Id(LiquidParser.Capture_tag_IdContext capture) {
        captures++;
        LNode node = super.visitCapture_tag_Id(capture);
        captures--;
        return node;
    }

    @Override
    public LNode visitCapture_tag_Str(LiquidParser.Capture_tag_StrContext capture) {
        captures++;
        LNode node = super.visitCapture_tag_Str(capture);
        captures--;
        return node;
    }

    @Override
    public LNode visitOutput(LiquidParser.OutputContext output) {
        LNode node = super.visitOutput(output);
        return jsonMode && captures == 0
                ? context -> escaped(node.render(context))
                : context -> LiquidValues.text(node.render(context));
    }

    /** liqp compares numbers as doubles here as well. */
    @Override
    public LNode visitCase_tag(LiquidParser.Case_tagContext tag) {
        LNode condition = visit(tag.expr());
        List<ExactCase.When> whens = tag.when_tag().stream()
                .map(when ->
                        new ExactCase.When(when.term().stream().map(this::visit).toList(), visitBlock(when.block())))
                .toList();
        LNode otherwise = tag.else_tag() == null
                ? new AtomNode(null)
                : visitBlock(tag.else_tag().block());
        return new ExactCase(condition, whens, otherwise);
    }

    /** Text as it stands between quotes; all else as the JSON it is (LIQ-5). */
    private static String escaped(Object value) {
        return switch (value) {
            case null -> "";
            case RawText raw -> raw.text();
            case Map<?, ?> object -> LiquidValues.json(object);
            case Collection<?> array -> LiquidValues.json(array);
            case Object[] array -> LiquidValues.json(array);
            case Number number -> LiquidValues.json(number);
            default -> {
                StringBuilder escaped = new StringBuilder();
                JsonText.escape(value.toString(), escaped);
                yield escaped.toString();
            }
        };
    }
}
