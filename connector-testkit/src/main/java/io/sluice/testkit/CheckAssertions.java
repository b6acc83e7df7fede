package io.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connector.ConnectionCheck;
import io.sluice.connector.ConnectorException;
import java.util.List;

/** What the steps of a connection test must look like (requirement SRC-19). */
public final class CheckAssertions {
    private CheckAssertions() {}

    /** Opens a connection, tests it and closes it. */
    @FunctionalInterface
    public interface Probe {
        ConnectionCheck run() throws ConnectorException;
    }

    /** Steps there are, each with a name of its own, all passed. */
    public static void assertPassed(ConnectionCheck check) {
        assertThat(check.steps()).isNotEmpty().allMatch(ConnectionCheck.Passed.class::isInstance);
        assertThat(check.steps()).extracting(ConnectionCheck.Step::name).doesNotHaveDuplicates();
    }

    /** One step failed with the expected code and without the secret, and no step after it was tried. */
    public static void assertNamed(BrokenSettings broken, Probe probe) {
        ConnectionCheck check = checkOf(probe);
        List<ConnectionCheck.Failed> failed = check.steps().stream()
                .filter(ConnectionCheck.Failed.class::isInstance)
                .map(ConnectionCheck.Failed.class::cast)
                .toList();
        assertThat(failed).as(broken.label()).hasSize(1);
        assertThat(failed.getFirst().error().code()).as(broken.label()).isEqualTo(broken.expectedCode());
        assertThat(failed.getFirst().error().message())
                .as(broken.label())
                .isNotBlank()
                .doesNotContain(broken.secret());
        int at = check.steps().indexOf(failed.getFirst());
        assertThat(check.steps().subList(at + 1, check.steps().size()))
                .as(broken.label())
                .allMatch(ConnectionCheck.Skipped.class::isInstance);
    }

    /** A connector may refuse already when opening: that counts as one failed step. */
    private static ConnectionCheck checkOf(Probe probe) {
        try {
            return probe.run();
        } catch (ConnectorException refusedAtOnce) {
            return new ConnectionCheck(List.of(new ConnectionCheck.Failed("Open", refusedAtOnce.error())));
        }
    }
}
