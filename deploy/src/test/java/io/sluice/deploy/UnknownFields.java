package io.sluice.deploy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds fields Kubernetes does not know: the typed model keeps them silently beside the ones it knows. */
final class UnknownFields {
    private static final String ELSE = "getAdditionalProperties";

    private UnknownFields() {}

    /** Paths of unknown fields below an object. */
    static List<String> in(Object root) {
        List<String> found = new ArrayList<>();
        if (!(root instanceof GenericKubernetesResource)) {
            walk(root, "", found);
        }
        return found;
    }

    private static void walk(Object node, String path, List<String> found) {
        if (node instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                walk(list.get(i), path + "[" + i + "]", found);
            }
        } else if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> walk(value, path + "." + key, found));
        } else if (node != null
                && node.getClass().getName().startsWith("io.fabric8.")
                && !node.getClass().isEnum()) {
            for (Method getter : node.getClass().getMethods()) {
                if (!getter.getName().startsWith("get") || getter.getParameterCount() > 0) {
                    continue;
                }
                Object value = call(getter, node);
                if (getter.getName().equals(ELSE)) {
                    ((Map<?, ?>) value).keySet().forEach(key -> found.add(path + "." + key));
                } else if (value != null && !(value instanceof Class<?>)) {
                    String name = getter.getName().substring(3);
                    walk(value, path + "." + Character.toLowerCase(name.charAt(0)) + name.substring(1), found);
                }
            }
        }
    }

    private static Object call(Method getter, Object node) {
        try {
            return getter.invoke(node);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(getter + " failed", e);
        }
    }
}
