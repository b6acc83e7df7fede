package io.sluice.mapping.engine.liquid;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import liqp.TemplateContext;
import liqp.filters.Filter;

/** Filters of Liquid 5 that liqp has not, or not bounded, and Sluice's own (LIQ-3). */
final class TextFilters {
    private TextFilters() {}

    @FunctionalInterface
    private interface Work {
        Object apply(Object value, Object... params);
    }

    /** All of them. */
    static List<Filter> all() {
        return List.of(
                filter("json", 0, (value, params) -> new RawText(LiquidValues.json(value))),
                filter("raw", 0, (value, params) -> new RawText(LiquidValues.text(value))),
                filter("keys", 0, (value, params) -> keys(value)),
                filter("only", 1, (value, params) -> selected(value, names(params), true)),
                filter("except", 1, (value, params) -> selected(value, names(params), false)),
                filter("sha256", 0, (value, params) -> value == null ? null : sha256(LiquidValues.text(value))),
                filter("base64", 0, (value, params) -> encoded(Base64.getEncoder(), value)),
                filter("base64_encode", 0, (value, params) -> encoded(Base64.getEncoder(), value)),
                filter("base64_url_safe_encode", 0, (value, params) -> encoded(Base64.getUrlEncoder(), value)),
                filter("base64_decode", 0, (value, params) -> decoded(Base64.getDecoder(), value)),
                filter("base64_url_safe_decode", 0, (value, params) -> decoded(Base64.getUrlDecoder(), value)),
                filter("replace", 2, (value, params) -> replaced(value, params)),
                filter(
                        "replace_last",
                        2,
                        (value, params) -> lastReplaced(value, LiquidValues.text(params[0]), params[1])),
                filter("remove_last", 1, (value, params) -> lastReplaced(value, LiquidValues.text(params[0]), "")),
                filter("join", 0, (value, params) -> joined(value, params.length == 0 ? " " : params[0])));
    }

    private static Filter filter(String name, int leastParams, Work work) {
        return new Filter(name) {
            @Override
            public Object apply(Object value, TemplateContext context, Object... params) {
                if (params.length < leastParams) {
                    throw new RenderStop("filter '" + name + "' needs " + leastParams + " argument(s)");
                }
                return work.apply(value, params);
            }
        };
    }

    private static Object keys(Object value) {
        return object(value).keySet().stream().map(String::valueOf).toList();
    }

    private static Map<?, ?> object(Object value) {
        if (value instanceof Map<?, ?> object) {
            return object;
        }
        throw new RenderStop("this filter is for objects, and the value is none");
    }

    /** Several names, or one array of names, or one object whose keys are the names. */
    private static List<String> names(Object... params) {
        List<String> names = new ArrayList<>();
        for (Object param : params) {
            switch (param) {
                case Map<?, ?> object -> object.keySet().forEach(name -> names.add(String.valueOf(name)));
                case Collection<?> array -> array.forEach(name -> names.add(String.valueOf(name)));
                case Object[] array -> List.of(array).forEach(name -> names.add(String.valueOf(name)));
                case null, default -> names.add(String.valueOf(param));
            }
        }
        return names;
    }

    private static Object selected(Object value, List<String> names, boolean wanted) {
        Map<Object, Object> selected = new LinkedHashMap<>();
        object(value).forEach((name, member) -> {
            if (names.contains(String.valueOf(name)) == wanted) {
                selected.put(name, member);
            }
        });
        return selected;
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private static Object encoded(Base64.Encoder encoder, Object value) {
        return value == null
                ? null
                : encoder.encodeToString(LiquidValues.text(value).getBytes(StandardCharsets.UTF_8));
    }

    private static Object decoded(Base64.Decoder decoder, Object value) {
        return value == null ? null : new String(decoder.decode(LiquidValues.text(value)), StandardCharsets.UTF_8);
    }

    private static Object replaced(Object value, Object... params) {
        String text = LiquidValues.text(value);
        String wanted = LiquidValues.text(params[0]);
        String replacement = LiquidValues.text(params[1]);
        long most = wanted.isEmpty() ? text.length() + 1L : text.length() / wanted.length();
        if (most * replacement.length() > RenderBudget.TEXT_LENGTH) {
            long found = occurrences(text, wanted);
            RenderBudget.checkLength(text.length() + found * (replacement.length() - wanted.length()));
        }
        return text.replace(wanted, replacement);
    }

    private static long occurrences(String text, String wanted) {
        if (wanted.isEmpty()) {
            return text.length() + 1L;
        }
        long found = 0;
        for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length())) {
            found++;
        }
        return found;
    }

    private static Object lastReplaced(Object value, String wanted, Object replacement) {
        String text = LiquidValues.text(value);
        int at = text.lastIndexOf(wanted);
        return at < 0
                ? text
                : text.substring(0, at) + LiquidValues.text(replacement) + text.substring(at + wanted.length());
    }

    private static Object joined(Object value, Object glue) {
        Collection<?> items =
                switch (value) {
                    case null -> List.of();
                    case Collection<?> array -> array;
                    case Object[] array -> java.util.Arrays.asList(array);
                    default -> List.of(value);
                };
        String between = Objects.requireNonNull(LiquidValues.text(glue));
        StringBuilder text = new StringBuilder();
        boolean first = true;
        for (Object item : items) {
            text.append(first ? "" : between).append(LiquidValues.text(item));
            RenderBudget.checkLength(text.length());
            first = false;
        }
        return text.toString();
    }
}
