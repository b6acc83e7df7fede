package io.sluice.mapping.engine.liquid;

import java.math.BigDecimal;
import java.util.Collection;
import liqp.TemplateContext;

/**
 * What one rendering may use: time, and the size of each value on the way. Loops and the result are bounded by liqp
 * itself, with the numbers given here. One record, one budget; not thread-safe.
 */
final class RenderBudget {
    /** Longest template, in characters. */
    static final int TEMPLATE_LENGTH = 64 * 1024;
    /** Most turns of all loops of a rendering together. */
    static final int ITERATIONS = 100_000;
    /** Longest text, on the way and as the result, in characters. */
    static final int TEXT_LENGTH = 1024 * 1024;

    private static final int ITEMS = 100_000;
    private static final int DIGITS = 10_000;
    private static final long NANOSECONDS = 2_000_000_000L;
    private static final String KEY = "sluice";

    private final long end = System.nanoTime() + NANOSECONDS;

    private RenderBudget() {}

    /** Gives a rendering its budget. */
    static void start(TemplateContext context) {
        context.getEnvironmentMap().put(KEY, new RenderBudget());
    }

    /** Whether a name is ours: templates do not see it. */
    static boolean isHidden(String name) {
        return name.equals(KEY);
    }

    /** Ends the rendering when its time is up. */
    static void checkTime(TemplateContext context) {
        if (context.getEnvironmentMap().get(KEY) instanceof RenderBudget budget && System.nanoTime() - budget.end > 0) {
            throw new RenderStop("rendering takes too long");
        }
    }

    /** Ends the rendering when a value is too large. */
    static Object checked(Object value) {
        boolean fits =
                switch (value) {
                    case null -> true;
                    case CharSequence text -> text.length() <= TEXT_LENGTH;
                    case Collection<?> items -> items.size() <= ITEMS;
                    case Object[] items -> items.length <= ITEMS;
                    case BigDecimal number -> number.precision() <= DIGITS && Math.abs(number.scale()) <= DIGITS;
                    default -> true;
                };
        if (!fits) {
            throw new RenderStop("a value grows too large");
        }
        return value;
    }

    /** Ends the rendering when a text of this length would be made. */
    static void checkLength(long length) {
        if (length > TEXT_LENGTH) {
            throw new RenderStop("a text grows too long");
        }
    }
}
