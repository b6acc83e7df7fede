package io.sluice.connector;

import java.util.List;
import java.util.Objects;

/**
 * The answer of a connection test, step by step (requirement SRC-19). Steps come in the order they were tried; those that
 * make no sense after a failed one are {@link Skipped}.
 */
public record ConnectionCheck(List<Step> steps) {
    public ConnectionCheck {
        steps = List.copyOf(steps);
    }

    /** One step, for example "Reach host". The name is shown to people. */
    public sealed interface Step {
        String name();
    }

    /** The step went well. */
    public record Passed(String name) implements Step {}

    /** The step failed: {@code error} says what is wrong, whose fault it is and what to do. Never holds a secret. */
    public record Failed(String name, ConnectorError error) implements Step {
        public Failed {
            Objects.requireNonNull(error, "error");
        }
    }

    /** Not tried because an earlier step failed. */
    public record Skipped(String name) implements Step {}

    /** Whether every step passed. */
    public boolean passed() {
        return steps.stream().allMatch(Passed.class::isInstance);
    }
}
