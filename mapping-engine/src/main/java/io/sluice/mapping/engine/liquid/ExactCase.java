package io.sluice.mapping.engine.liquid;

import java.util.List;
import liqp.TemplateContext;
import liqp.nodes.LNode;

/** {@code case}: the first branch one of whose values equals the condition, exactly. */
record ExactCase(LNode condition, List<When> whens, LNode otherwise) implements LNode {

    /** One branch. */
    record When(List<LNode> values, LNode block) {}

    @Override
    public Object render(TemplateContext context) {
        Object wanted = condition.render(context);
        for (When when : whens) {
            for (LNode value : when.values()) {
                if (ExactEquality.areEqual(wanted, value.render(context), context)) {
                    return when.block().render(context);
                }
            }
        }
        return otherwise.render(context);
    }
}
