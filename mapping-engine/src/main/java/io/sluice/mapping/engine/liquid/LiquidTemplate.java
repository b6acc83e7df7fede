package io.sluice.mapping.engine.liquid;

import io.sluice.mapping.engine.liquid.TemplateProblem.Code;
import io.sluice.record.Value;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import liqp.Template;
import liqp.TemplateContext;
import liqp.TemplateParser;
import liqp.exceptions.LiquidException;
import liqp.filters.Filter;
import liqp.nodes.LNode;
import liqp.org.antlr.v4.runtime.RecognitionException;
import liqp.org.antlr.v4.runtime.Token;
import liqp.parser.Flavor;

/**
 * A template that was checked and can be rendered (LIQ-1). Made once per sync run; thread-safe.
 */
public final class LiquidTemplate {
    private static final TemplateParser PLAIN = parser();

    private final Template parsed;
    private final boolean jsonMode;
    private final TemplateColumns columns;

    /** Nodes are not thread-safe: as many sets of them as threads have rendered at a time. */
    private final Queue<LNode> idle = new ConcurrentLinkedQueue<>();

    private LiquidTemplate(Template parsed, boolean jsonMode, TemplateColumns columns) {
        this.parsed = parsed;
        this.jsonMode = jsonMode;
        this.columns = columns;
    }

    private static TemplateParser parser() {
        TemplateParser.Builder builder = new TemplateParser.Builder()
                .withFlavor(Flavor.LIQUID)
                .withErrorMode(TemplateParser.ErrorMode.STRICT)
                .withLocale(Locale.ENGLISH)
                .withDefaultTimeZone(ZoneOffset.UTC)
                .withMaxIterations(RenderBudget.ITERATIONS)
                .withMaxSizeRenderedString(RenderBudget.TEXT_LENGTH);
        List<Filter> own = new ArrayList<>(ArithmeticFilters.all());
        own.addAll(TextFilters.all());
        own.forEach(builder::withFilter);
        return builder.build();
    }

    /**
     * Checks a template.
     *
     * @param text the template
     * @param jsonMode whether it yields JSON (LIQ-5)
     * @throws TemplateException with everything that is wrong with it
     */
    public static LiquidTemplate compile(String text, boolean jsonMode) throws TemplateException {
        if (text.length() > RenderBudget.TEMPLATE_LENGTH) {
            throw new TemplateException(List.of(new TemplateProblem(
                    Code.TOO_LARGE,
                    1,
                    1,
                    "the template has more than " + RenderBudget.TEMPLATE_LENGTH + " characters",
                    "make it shorter")));
        }
        try {
            Template parsed = PLAIN.parse(text);
            TemplateCheck check = new TemplateCheck(parsed.getParseTree(), PLAIN.filters);
            if (!check.problems().isEmpty()) {
                throw new TemplateException(check.problems());
            }
            LiquidTemplate template = new LiquidTemplate(parsed, jsonMode, check.columns());
            template.idle.add(template.nodes());
            return template;
        } catch (LiquidException syntax) {
            throw new TemplateException(List.of(problem(syntax)));
        } catch (StackOverflowError nested) {
            throw new TemplateException(List.of(
                    new TemplateProblem(Code.TOO_LARGE, 1, 1, "the template is nested too deeply", "flatten it")));
        } catch (RuntimeException unclear) {
            throw new TemplateException(List.of(new TemplateProblem(
                    Code.SYNTAX, 1, 1, "the template cannot be read", "check its tags and their ends")));
        }
    }

    private static TemplateProblem problem(LiquidException syntax) {
        String said = String.valueOf(syntax.getMessage()).replaceAll("^(lexer|parser) error \"|\" on line .*$", "");
        String message = said.lines().findFirst().orElse("syntax error");
        int line = syntax.line;
        int column = syntax.charPositionInLine;
        // liqp names the beginning of what it could not read; the token it stumbled over says more
        if (syntax.getCause() instanceof RecognitionException recognition && recognition.getOffendingToken() != null) {
            Token token = recognition.getOffendingToken();
            message = unexpected(token);
            line = token.getLine();
            column = token.getCharPositionInLine();
        }
        String hint = message.contains("Tag")
                ? "use the tags of Liquid 5, without include and render, and end each block with its own end tag"
                : "outputs are {{ … }} and tags {% … %}; text is quoted and filters are set off by |";
        return new TemplateProblem(Code.SYNTAX, line, column + 1, message, hint);
    }

    private static String unexpected(Token token) {
        if (token.getType() == Token.EOF) {
            return "the template ends where more is expected";
        }
        String text = token.getText().strip();
        return text.startsWith("{") ? "what begins here cannot be read" : "unexpected '" + text + "'";
    }

    /** What it reads. */
    public TemplateColumns columns() {
        return columns;
    }

    private LNode nodes() {
        return new StrictNodes(PLAIN.insertions, PLAIN.filters, jsonMode).visit(parsed.getParseTree());
    }

    /**
     * Renders it for one record.
     *
     * @param positions for each column it may read, the place in {@code row}
     * @param row the record's values
     * @return text, or in JSON mode the value the JSON stands for
     * @throws RenderException when it cannot be rendered for this record; others are not affected
     */
    public Value render(Map<String, Integer> positions, Value[] row) throws RenderException {
        LNode nodes = idle.poll();
        if (nodes == null) {
            nodes = nodes();
        }
        String rendered = render(nodes, positions, row);
        idle.offer(nodes);
        return jsonMode ? JsonOutput.read(rendered) : new Value.Text(rendered);
    }

    private static String render(LNode nodes, Map<String, Integer> positions, Value[] row) throws RenderException {
        Map<String, Object> variables = new HashMap<>();
        variables.put(TemplateCheck.RECORD, new RecordMap(positions, row));
        TemplateContext context = new TemplateContext(PLAIN, variables);
        RenderBudget.start(context);
        try {
            return String.valueOf(nodes.render(context));
        } catch (RenderStop stop) {
            throw new RenderException(stop.getMessage());
        } catch (StackOverflowError nested) {
            throw new RenderException("a value is nested too deeply");
        } catch (RuntimeException failed) {
            throw new RenderException(reason(failed));
        }
    }

    /** liqp's messages may quote values, so they are not passed on. */
    private static String reason(RuntimeException failed) {
        if (failed instanceof liqp.exceptions.ExceededMaxIterationsException) {
            return "the loops turn more than " + RenderBudget.ITERATIONS + " times";
        }
        return String.valueOf(failed.getMessage()).startsWith("rendered string exceeds")
                ? "the result is too long"
                : "the values do not fit what the template does with them";
    }
}
