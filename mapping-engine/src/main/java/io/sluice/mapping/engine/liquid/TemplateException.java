package io.sluice.mapping.engine.liquid;

import java.util.List;
import java.util.stream.Collectors;

/** A template that cannot be used; holds everything that is wrong with it. */
public final class TemplateException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<TemplateProblem> problems;

    TemplateException(List<TemplateProblem> problems) {
        super(problems.stream().map(TemplateProblem::text).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /** All problems, at least one. */
    public List<TemplateProblem> problems() {
        return problems;
    }
}
