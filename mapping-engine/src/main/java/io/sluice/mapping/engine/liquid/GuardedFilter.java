package io.sluice.mapping.engine.liquid;

import liqp.TemplateContext;
import liqp.filters.Filter;
import liqp.nodes.FilterNode;
import liqp.org.antlr.v4.runtime.ParserRuleContext;

/** A filter in a template: bounded, and with messages that hold nothing of the record. */
final class GuardedFilter extends FilterNode {
    private final String name;

    GuardedFilter(ParserRuleContext place, Filter filter) {
        super(place, filter);
        this.name = filter.name;
    }

    @Override
    public Object apply(Object value, TemplateContext context) {
        RenderBudget.checkTime(context);
        try {
            return RenderBudget.checked(super.apply(value, context));
        } catch (RenderStop stop) {
            throw stop;
        } catch (RuntimeException refused) {
            throw refused.getCause() instanceof RenderStop stop
                    ? stop
                    : new RenderStop("filter '" + name + "' cannot be applied to this value");
        }
    }
}
