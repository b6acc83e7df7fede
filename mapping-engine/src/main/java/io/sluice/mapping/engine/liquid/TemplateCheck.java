package io.sluice.mapping.engine.liquid;

import io.sluice.mapping.engine.liquid.TemplateProblem.Code;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import liqp.filters.Filters;
import liqp.org.antlr.v4.runtime.ParserRuleContext;
import liqp.org.antlr.v4.runtime.tree.ParseTree;
import liquid.parser.v4.LiquidParser;
import liquid.parser.v4.LiquidParserBaseVisitor;

/**
 * Looks through a parsed template, without rendering it: which columns it reads, and what is wrong with it (LIQ-2,
 * LIQ-4). Not thread-safe.
 */
final class TemplateCheck extends LiquidParserBaseVisitor<Void> {
    static final String RECORD = "record";

    private final Filters filters;
    private final Set<String> defined = new HashSet<>();
    private final Map<String, TemplateColumns.Place> columns = new LinkedHashMap<>();
    private final List<TemplateProblem> problems = new ArrayList<>();
    private boolean wholeRecord;

    TemplateCheck(ParseTree template, Filters filters) {
        this.filters = filters;
        new Definitions().visit(template);
        visit(template);
    }

    TemplateColumns columns() {
        return new TemplateColumns(columns, wholeRecord);
    }

    List<TemplateProblem> problems() {
        return problems;
    }

    @Override
    public Void visitLookup_id_indexes(LiquidParser.Lookup_id_indexesContext lookup) {
        String name = lookup.id().getText();
        if (!name.equals(RECORD)) {
            if (!defined.contains(name)) {
                add(
                        Code.UNKNOWN_VARIABLE,
                        lookup,
                        "there is no variable '" + name + "'",
                        "columns are written record['COLUMN']; other variables must be assigned in the template");
            }
        } else if (lookup.index().isEmpty()) {
            wholeRecord = true;
        } else {
            column(lookup.index().getFirst());
        }
        return visitChildren(lookup);
    }

    private void column(LiquidParser.IndexContext index) {
        if (index.Dot() != null) {
            read(index.id2().getText(), index);
            return;
        }
        String text = index.expr().getText();
        boolean literal = index.expr() instanceof LiquidParser.Expr_termContext term
                && term.term() instanceof LiquidParser.Term_StrContext;
        if (literal) {
            read(text.substring(1, text.length() - 1), index);
        } else {
            add(
                    Code.DYNAMIC_COLUMN,
                    index,
                    "the column of record[" + text + "] is only known when the template runs",
                    "write the column's name in quotes, as in record['COLUMN']");
        }
    }

    private void read(String column, ParserRuleContext place) {
        columns.putIfAbsent(
                column,
                new TemplateColumns.Place(
                        place.getStart().getLine(), place.getStart().getCharPositionInLine() + 1));
    }

    @Override
    public Void visitLookup_Str(LiquidParser.Lookup_StrContext lookup) {
        return dynamic(lookup);
    }

    @Override
    public Void visitLookup_Id(LiquidParser.Lookup_IdContext lookup) {
        return dynamic(lookup);
    }

    private Void dynamic(ParserRuleContext lookup) {
        add(
                Code.UNKNOWN_VARIABLE,
                lookup,
                "'" + lookup.getText() + "' names no variable",
                "columns are written record['COLUMN']");
        return null;
    }

    @Override
    public Void visitFilter(LiquidParser.FilterContext filter) {
        String name = filter.Id().getText();
        if (filters.get(name) == null) {
            add(Code.UNKNOWN_FILTER, filter, "there is no filter '" + name + "'", "use a filter of Liquid 5");
        }
        return visitChildren(filter);
    }

    @Override
    public Void visitInclude_tag(LiquidParser.Include_tagContext include) {
        add(Code.TAG_NOT_ALLOWED, include, "tag 'include' is not available", "write the text into this template");
        return null;
    }

    private void add(Code code, ParserRuleContext place, String message, String hint) {
        problems.add(new TemplateProblem(
                code, place.getStart().getLine(), place.getStart().getCharPositionInLine() + 1, message, hint));
    }

    /** Which names the template gives a value to, anywhere. */
    private final class Definitions extends LiquidParserBaseVisitor<Void> {
        @Override
        public Void visitAssignment(LiquidParser.AssignmentContext assignment) {
            return define(assignment, assignment.id().getText());
        }

        @Override
        public Void visitCapture_tag_Id(LiquidParser.Capture_tag_IdContext capture) {
            return define(capture, capture.id().getText());
        }

        @Override
        public Void visitCapture_tag_Str(LiquidParser.Capture_tag_StrContext capture) {
            String quoted = capture.Str().getText();
            return define(capture, quoted.substring(1, quoted.length() - 1));
        }

        @Override
        public Void visitFor_array(LiquidParser.For_arrayContext loop) {
            defined.add("forloop");
            return define(loop, loop.id().getText());
        }

        @Override
        public Void visitFor_range(LiquidParser.For_rangeContext loop) {
            defined.add("forloop");
            return define(loop, loop.id().getText());
        }

        @Override
        public Void visitTable_tag(LiquidParser.Table_tagContext loop) {
            defined.add("tablerowloop");
            return define(loop, loop.id().getText());
        }

        /** increment and decrement: their variable comes into being with them. */
        @Override
        public Void visitSimple_tag(LiquidParser.Simple_tagContext tag) {
            return tag.other_tag_parameters() == null
                    ? null
                    : define(tag, tag.other_tag_parameters().getText());
        }

        private Void define(ParserRuleContext place, String name) {
            if (name.equals(RECORD)) {
                add(Code.RESERVED_NAME, place, "'record' is the record and cannot be assigned", "use another name");
            }
            defined.add(name);
            return visitChildren(place);
        }
    }
}
