package io.sluice.mapping.engine.liquid;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import liqp.TemplateContext;
import liqp.nodes.LNode;
import liqp.nodes.LookupNode;

/** A variable, and what is in it: whatever is not there ends the rendering, and null is null (LIQ-4). */
final class StrictLookup extends LookupNode {
    private final String name;
    private final List<Step> steps = new ArrayList<>();

    StrictLookup(String name) {
        super(name);
        this.name = name;
    }

    /** One {@code .key} or {@code [key]}. */
    private record Step(LNode key, String shown) {}

    void addKey(String key) {
        steps.add(new Step(context -> key, "." + key));
    }

    void addIndex(LNode key, String shown) {
        steps.add(new Step(key, "[" + shown + "]"));
    }

    @Override
    public Object render(TemplateContext context) {
        RenderBudget.checkTime(context);
        Object value = root(context);
        for (int i = 0; i < steps.size(); i++) {
            value = step(value, steps.get(i).key().render(context), context, i);
        }
        return value;
    }

    private Object root(TemplateContext context) {
        if (context.containsKey(name)) {
            return context.get(name);
        }
        Map<String, Object> counters = context.getEnvironmentMap();
        if (counters.containsKey(name) && !RenderBudget.isHidden(name)) {
            return counters.get(name);
        }
        throw new RenderStop("there is no variable '" + name + "' here");
    }

    private Object step(Object value, Object key, TemplateContext context, int at) {
        if (value == null) {
            throw new RenderStop("'" + shown(at) + "' is null and has no '" + shown(at + 1) + "'");
        }
        String word = String.valueOf(key);
        if (value instanceof Map<?, ?> map && !map.containsKey(word) && !word.equals("size")) {
            throw new RenderStop("'" + shown(at) + "' has no '" + steps.get(at).shown() + "'");
        }
        return key instanceof Number
                ? new Index(any -> key, word).get(value, context)
                : new Hash(word).get(value, context);
    }

    private String shown(int count) {
        StringBuilder shown = new StringBuilder(name);
        steps.subList(0, count).forEach(step -> shown.append(step.shown()));
        return shown.toString();
    }
}
