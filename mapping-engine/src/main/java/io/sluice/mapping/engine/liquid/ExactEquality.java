package io.sluice.mapping.engine.liquid;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import liqp.TemplateContext;
import liqp.nodes.AtomNode;
import liqp.nodes.EqNode;
import liqp.nodes.LNode;

/** {@code ==} and {@code !=}: numbers are equal when they are, digit for digit; liqp compares them as doubles. */
record ExactEquality(LNode left, LNode right, boolean equal) implements LNode {
    @Override
    public Object render(TemplateContext context) {
        Object a = left.render(context);
        Object b = right.render(context);
        return areEqual(a, b, context) == equal;
    }

    static boolean areEqual(Object a, Object b, TemplateContext context) {
        if (a instanceof Number first && b instanceof Number second) {
            return new BigDecimal(first.toString()).compareTo(new BigDecimal(second.toString())) == 0;
        }
        if (a instanceof CharSequence first && b instanceof CharSequence second) {
            return first.toString().contentEquals(second);
        }
        if (AtomNode.isBlank(a) || AtomNode.isBlank(b)) {
            return isBlank(AtomNode.isBlank(a) ? b : a);
        }
        return Boolean.TRUE.equals(new EqNode(any -> a, any -> b).render(context));
    }

    private static boolean isBlank(Object value) {
        return switch (value) {
            case null -> true;
            case Boolean truth -> !truth;
            case CharSequence text -> text.toString().isBlank();
            case Collection<?> items -> items.isEmpty();
            case Map<?, ?> members -> members.isEmpty();
            default -> AtomNode.isBlank(value);
        };
    }
}
