package io.sluice.configdocs;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import io.sluice.configdocs.JavaSource.TypeAt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The errors users meet: the catalogue of the API, and the codes that stages and connectors put on runs and connection
 * tests, found where they are made.
 *
 * @param api the enum {@code ErrorCode}, in its order
 * @param coded code to what is said with it, by module
 */
record ErrorReference(List<ApiError> api, Map<String, Map<String, TreeSet<String>>> coded) {
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)+");
    private static final String CATALOGUE = "ErrorCode";

    /** One constant of the catalogue. */
    record ApiError(String code, String status, String fault, String remedy) {}

    static ErrorReference read(Reactor reactor) {
        List<ApiError> api = new ArrayList<>();
        Map<String, Map<String, TreeSet<String>>> coded = new TreeMap<>();
        for (Reactor.ModuleFolder module : reactor.modules()) {
            for (JavaSource source : JavaSource.parse(module.javaFiles())) {
                List<TypeAt> catalogues = source.types().stream()
                        .filter(type -> type.tree().getKind() == Tree.Kind.ENUM
                                && type.tree().getSimpleName().contentEquals(CATALOGUE))
                        .toList();
                catalogues.forEach(type -> api.addAll(constants(type)));
                if (catalogues.isEmpty() && speaksOfErrors(source)) {
                    new CodeScanner(module.name(), coded).scan(source.unit(), constantsOf(source));
                }
            }
        }
        return new ErrorReference(api, coded);
    }

    String markdown() {
        StringBuilder page =
                new StringBuilder("# Errors\n\n").append(ReferenceDocs.NOTICE).append('\n');
        if (!api.isEmpty()) {
            page.append(
                    """

                    ## Of the API

                    Codes never change their meaning. Status 200 marks errors that only appear inside a sync run.
                    "Who" has to act: the caller, an external system, or Sluice; "product" is a feature that does not
                    exist yet.

                    """);
            page.append(Markdown.head("code", "status", "who", "what to do"));
            api.forEach(error -> page.append(
                    Markdown.row(List.of(Markdown.code(error.code()), error.status(), error.fault(), error.remedy()))));
        }
        page.append(
                """

                ## Of sync runs and connections

                Found on a failed run, in a connection test or in a service's health and log. "…" stands for what only the
                moment knows.

                """);
        page.append(Markdown.head("code", "from", "says"));
        coded.forEach((code, modules) -> modules.forEach((module, texts) ->
                page.append(Markdown.row(List.of(Markdown.code(code), module, String.join("<br>", texts))))));
        return page.toString();
    }

    private static List<ApiError> constants(TypeAt type) {
        List<ApiError> errors = new ArrayList<>();
        for (Tree member : type.tree().getMembers()) {
            if (member instanceof VariableTree constant && constant.getInitializer() instanceof NewClassTree made) {
                List<? extends ExpressionTree> arguments = made.getArguments();
                if (arguments.size() == 3) {
                    errors.add(new ApiError(
                            constant.getName().toString(),
                            arguments.get(0).toString(),
                            name(arguments.get(1)).toLowerCase(Locale.ROOT),
                            sentence(arguments.get(2))));
                }
            }
        }
        return errors;
    }

    private static boolean speaksOfErrors(JavaSource source) {
        String text = source.unit().toString();
        return text.contains("StageError") || text.contains("ConnectorError") || text.contains("Problem(");
    }

    /** Constants of the file that hold codes, by name. */
    private static Map<String, String> constantsOf(JavaSource source) {
        Map<String, String> constants = new HashMap<>();
        source.types().forEach(type -> type.tree().getMembers().forEach(member -> {
            if (member instanceof VariableTree field
                    && field.getInitializer() instanceof LiteralTree literal
                    && literal.getValue() instanceof String text
                    && CODE.matcher(text).matches()) {
                constants.put(field.getName().toString(), text);
            }
        }));
        return constants;
    }

    private static String name(ExpressionTree expression) {
        return expression instanceof MemberSelectTree select
                ? select.getIdentifier().toString()
                : expression.toString();
    }

    /** A string expression as a sentence; what is not a literal becomes an ellipsis. */
    private static String sentence(ExpressionTree expression) {
        return switch (expression) {
            case LiteralTree literal -> String.valueOf(literal.getValue());
            case ParenthesizedTree inner -> sentence(inner.getExpression());
            case BinaryTree sum
            when sum.getKind() == Tree.Kind.PLUS -> sentence(sum.getLeftOperand()) + sentence(sum.getRightOperand());
            case ConditionalExpressionTree choice -> "…";
            // "text %s".formatted(x)
            case MethodInvocationTree call
            when call.getMethodSelect() instanceof MemberSelectTree select
                    && select.getIdentifier().contentEquals("formatted") ->
                sentence(select.getExpression()).replaceAll("%[a-z]", "…");
            default -> "…";
        };
    }

    /** Calls and constructions whose first argument is a code and whose last is a sentence. */
    private static final class CodeScanner extends TreeScanner<Void, Map<String, String>> {
        private final String module;
        private final Map<String, Map<String, TreeSet<String>>> into;

        CodeScanner(String module, Map<String, Map<String, TreeSet<String>>> into) {
            this.module = module;
            this.into = into;
        }

        @Override
        public Void visitNewClass(NewClassTree tree, Map<String, String> constants) {
            note(tree.getArguments(), constants);
            return super.visitNewClass(tree, constants);
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree tree, Map<String, String> constants) {
            note(tree.getArguments(), constants);
            return super.visitMethodInvocation(tree, constants);
        }

        private void note(List<? extends ExpressionTree> arguments, Map<String, String> constants) {
            if (arguments.size() < 2) {
                return;
            }
            String code =
                    switch (arguments.getFirst()) {
                        case LiteralTree literal -> String.valueOf(literal.getValue());
                        case IdentifierTree constant ->
                            constants.getOrDefault(constant.getName().toString(), "");
                        default -> "";
                    };
            String said = sentence(arguments.getLast());
            if (CODE.matcher(code).matches() && said.contains(" ")) {
                into.computeIfAbsent(code, any -> new TreeMap<>())
                        .computeIfAbsent(module, any -> new TreeSet<>())
                        .add(Markdown.text(said));
            }
        }
    }
}
