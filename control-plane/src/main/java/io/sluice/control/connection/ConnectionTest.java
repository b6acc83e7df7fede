package io.sluice.control.connection;

import io.sluice.connector.ConnectionCheck;
import io.sluice.connector.ConnectorError;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The result of a connection test as the API shows it: {@code last_test_results} (SRC-19).
 *
 * @param testedAt when
 * @param steps the steps in the order they were tried
 */
public record ConnectionTest(Instant testedAt, List<Step> steps) {
    public ConnectionTest {
        steps = List.copyOf(steps);
    }

    /**
     * One step.
     *
     * @param step its name, for people
     * @param status {@code passed}, {@code failed} or {@code skipped}
     * @param code the connector's error code when it failed
     * @param message what is wrong and what to do, when it failed
     */
    public record Step(String step, String status, Optional<String> code, Optional<String> message) {}

    /** Writes down what a connector answered. */
    public static ConnectionTest of(Instant testedAt, ConnectionCheck check) {
        return new ConnectionTest(
                testedAt, check.steps().stream().map(ConnectionTest::step).toList());
    }

    /** A test that could not even begin. */
    public static ConnectionTest failed(Instant testedAt, ConnectorError error) {
        return new ConnectionTest(testedAt, List.of(failedStep("Connect", error)));
    }

    /** Whether every step passed. */
    public boolean succeeded() {
        return steps.stream().allMatch(step -> step.status().equals("passed"));
    }

    /** The step that failed, if one did. */
    public Optional<Step> failure() {
        return steps.stream().filter(step -> step.status().equals("failed")).findFirst();
    }

    private static Step step(ConnectionCheck.Step step) {
        return switch (step) {
            case ConnectionCheck.Passed passed -> new Step(passed.name(), "passed", Optional.empty(), Optional.empty());
            case ConnectionCheck.Skipped skipped ->
                new Step(skipped.name(), "skipped", Optional.empty(), Optional.empty());
            case ConnectionCheck.Failed failed -> failedStep(failed.name(), failed.error());
        };
    }

    private static Step failedStep(String name, ConnectorError error) {
        return new Step(name, "failed", Optional.of(error.code()), Optional.of(error.message()));
    }
}
