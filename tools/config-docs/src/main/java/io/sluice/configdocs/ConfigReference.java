package io.sluice.configdocs;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import io.sluice.configdocs.JavaSource.TypeAt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every configuration key of the product, from the {@code @ConfigMapping} interfaces.
 *
 * @param concerns one per interface, in the reactor's order
 */
public record ConfigReference(List<Concern> concerns) {
    private static final Set<String> CONTAINERS =
            Set.of("Optional", "OptionalInt", "OptionalLong", "OptionalDouble", "List", "Set");

    public ConfigReference {
        concerns = List.copyOf(concerns);
    }

    /**
     * A group of keys.
     *
     * @param module the module that declares it
     * @param prefix what its keys start with
     * @param text what it is about
     * @param keys its keys, in the order of the source
     */
    public record Concern(String module, String prefix, String text, List<Key> keys) {
        public Concern {
            keys = List.copyOf(keys);
        }
    }

    /**
     * A key.
     *
     * @param name the property; a {@code *} stands for what the user names
     * @param type its type, as people say it
     * @param defaultValue the default, empty when there is none
     * @param required whether the service refuses to start without it
     * @param text the manual, from the Javadoc
     */
    public record Key(String name, String type, String defaultValue, boolean required, String text) {
        /** The environment variable that sets it; ends with {@code *} for a key the user completes. */
        public String environment() {
            boolean open = name.endsWith("*");
            String fixed = open ? name.substring(0, name.length() - 1) : name;
            String upper = fixed.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
            return open ? upper + "*" : upper;
        }
    }

    /** Reads the sources of all modules. */
    public static ConfigReference read(Reactor reactor) {
        List<Concern> concerns = new ArrayList<>();
        for (Reactor.ModuleFolder module : reactor.modules()) {
            for (JavaSource source : JavaSource.parse(module.javaFiles())) {
                for (TypeAt type : source.types()) {
                    annotation(type.tree().getModifiers().getAnnotations(), "ConfigMapping")
                            .map(mapping -> value(mapping, "prefix").orElse(""))
                            .ifPresent(prefix -> concerns.add(concern(module.name(), prefix, source, type)));
                }
            }
        }
        return new ConfigReference(concerns);
    }

    /** All keys. */
    public List<Key> keys() {
        return concerns.stream().flatMap(concern -> concern.keys().stream()).toList();
    }

    /** The page. */
    String markdown(List<ServiceDefaults> services) {
        StringBuilder page = new StringBuilder(
                """
                # Configuration

                %s

                Every key is a property of the service's `application.yaml`, a system property (`-Dkey=value`) or an
                environment variable; the environment wins over the file. All keys of Quarkus work as well
                (`quarkus.http.port`, `quarkus.log.level`, …). A service that lacks a required key, or has one it cannot
                read, says which and does not start.
                """
                        .formatted(ReferenceDocs.NOTICE));
        for (Concern concern : concerns) {
            page.append("\n## ").append(concern.prefix()).append("\n\n").append(concern.text());
            page.append(" Declared in `").append(concern.module()).append("`.\n\n");
            page.append(Markdown.head("key", "environment", "type", "default", "meaning"));
            for (Key key : concern.keys()) {
                String fallback = key.required() ? "**required**" : Markdown.code(key.defaultValue());
                page.append(Markdown.row(List.of(
                        Markdown.code(key.name()),
                        Markdown.code(key.environment()),
                        key.type(),
                        fallback,
                        key.text())));
            }
        }
        page.append("\n## What each service sets\n\nFrom `src/main/resources`; without the test profile.\n");
        for (ServiceDefaults service : services) {
            page.append("\n### ").append(service.module()).append("\n\n").append(Markdown.head("key", "value"));
            service.values()
                    .forEach((key, value) ->
                            page.append(Markdown.row(List.of(Markdown.code(key), Markdown.code(value)))));
        }
        return page.toString();
    }

    private static Concern concern(String module, String prefix, JavaSource source, TypeAt type) {
        Map<String, TypeAt> groups = source.types().stream()
                .filter(candidate -> candidate.tree().getKind() == Tree.Kind.INTERFACE)
                .collect(Collectors.toMap(
                        group -> group.tree().getSimpleName().toString(), group -> group, (a, b) -> a));
        List<Key> keys = new ArrayList<>();
        collect(prefix, false, source, type, groups, keys);
        return new Concern(module, prefix, text(source.javadoc(type.path())), keys);
    }

    private static void collect(
            String prefix,
            boolean optional,
            JavaSource source,
            TypeAt type,
            Map<String, TypeAt> groups,
            List<Key> into) {
        for (Tree member : type.tree().getMembers()) {
            if (member instanceof MethodTree method && method.getBody() == null) {
                Shape shape = Shape.of(method.getReturnType());
                String name = prefix + "." + keyName(method) + (shape.map() ? ".*" : "");
                TypeAt group = groups.get(shape.element());
                boolean nested = group != null && !group.tree().equals(type.tree());
                if (nested
                        && annotation(method.getModifiers().getAnnotations(), "WithParentName")
                                .isPresent()) {
                    collect(prefix, optional || shape.optional(), source, group, groups, into);
                } else if (nested) {
                    collect(name, optional || shape.optional(), source, group, groups, into);
                } else {
                    into.add(key(name, optional, shape, source, type, method));
                }
            }
        }
    }

    private static Key key(
            String name, boolean optional, Shape shape, JavaSource source, TypeAt type, MethodTree method) {
        Optional<String> fallback = annotation(method.getModifiers().getAnnotations(), "WithDefault")
                .flatMap(annotation -> value(annotation, "value"));
        boolean required = fallback.isEmpty() && !shape.optional() && !optional;
        return new Key(name, typeName(shape), fallback.orElse(""), required, text(source.javadoc(type, method)));
    }

    private static String keyName(MethodTree method) {
        return annotation(method.getModifiers().getAnnotations(), "WithName")
                .flatMap(annotation -> value(annotation, "value"))
                .orElseGet(() -> kebab(method.getName().toString()));
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static String typeName(Shape shape) {
        String name =
                switch (shape.element()) {
                    case "String" -> "text";
                    case "int", "Integer", "short", "long", "Long", "OptionalInt", "OptionalLong" -> "whole number";
                    case "double", "Double", "OptionalDouble" -> "number";
                    case "boolean", "Boolean" -> "true or false";
                    case "Duration" -> "duration (`500ms`, `10s`, `5m`)";
                    case "Path" -> "folder or file";
                    default -> shape.element();
                };
        return shape.list() ? "list of " + name : name;
    }

    private static String text(Optional<String> javadoc) {
        return javadoc.map(Markdown::text).orElse("");
    }

    private static Optional<? extends AnnotationTree> annotation(List<? extends AnnotationTree> all, String name) {
        return all.stream()
                .filter(annotation -> annotation.getAnnotationType().toString().endsWith(name))
                .findFirst();
    }

    private static Optional<String> value(AnnotationTree annotation, String argument) {
        for (ExpressionTree given : annotation.getArguments()) {
            if (given instanceof AssignmentTree assignment
                    && assignment.getVariable().toString().equals(argument)
                    && assignment.getExpression() instanceof LiteralTree literal) {
                return Optional.of(String.valueOf(literal.getValue()));
            }
            if (given instanceof LiteralTree literal) {
                return Optional.of(String.valueOf(literal.getValue()));
            }
        }
        return Optional.empty();
    }

    /** A return type taken apart: {@code Optional<List<String>>} is optional, a list, of String. */
    private record Shape(String element, boolean optional, boolean list, boolean map) {
        static Shape of(Tree type) {
            if (type instanceof ParameterizedTypeTree generic) {
                String container = generic.getType().toString();
                List<? extends Tree> arguments = generic.getTypeArguments();
                Shape inner = of(arguments.getLast());
                return new Shape(
                        inner.element(),
                        inner.optional() || container.equals("Optional") || container.equals("Map"),
                        inner.list() || container.equals("List") || container.equals("Set"),
                        inner.map() || container.equals("Map"));
            }
            String name = type.toString();
            return new Shape(name, CONTAINERS.contains(name), false, false);
        }
    }
}
