package io.sluice.testkit;

import java.util.Set;
import java.util.TreeSet;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs a contract as Maven would, from within a test.
 *
 * @param passed names of the tests that passed
 * @param skipped names of the tests that a denied claim skipped
 * @param failed names of the tests that failed, with the reason
 */
public record ContractRun(Set<String> passed, Set<String> skipped, Set<String> failed) {

    /** Runs all tests of a contract class. */
    public static ContractRun of(Class<?> contract) {
        return run(DiscoverySelectors.selectClass(contract));
    }

    /** Runs one test of a contract class. */
    public static ContractRun of(Class<?> contract, String test) {
        return run(DiscoverySelectors.selectMethod(contract, test));
    }

    private static ContractRun run(DiscoverySelector selector) {
        ContractRun run = new ContractRun(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        LauncherDiscoveryRequest request =
                LauncherDiscoveryRequestBuilder.request().selectors(selector).build();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (!test.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
                    return;
                }
                String name = test.getDisplayName().replace("()", "");
                switch (result.getStatus()) {
                    case SUCCESSFUL -> run.passed().add(name);
                    case ABORTED -> run.skipped().add(name);
                    case FAILED -> run.failed().add(name);
                }
            }
        });
        return run;
    }
}
