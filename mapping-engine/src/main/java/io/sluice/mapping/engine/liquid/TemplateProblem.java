package io.sluice.mapping.engine.liquid;

import java.util.Objects;

/**
 * One thing that is wrong with a template (LIQ-4).
 *
 * @param code stable code
 * @param line where, from 1
 * @param column where in the line, from 1
 * @param message what is wrong
 * @param hint what to do about it
 */
public record TemplateProblem(Code code, int line, int column, String message, String hint) {
    public TemplateProblem {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(hint, "hint");
    }

    /** What can be wrong. The names are stable. */
    public enum Code {
        SYNTAX,
        UNKNOWN_VARIABLE,
        UNKNOWN_FILTER,
        DYNAMIC_COLUMN,
        RESERVED_NAME,
        TAG_NOT_ALLOWED,
        TOO_LARGE
    }

    /** For people: where, what and what to do. */
    public String text() {
        return "line " + line + ", column " + column + ": " + message + ": " + hint;
    }
}
