package io.sluice.testsupport;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Serves {@link NeedsSharedData}. */
final class SharedDataCondition implements ExecutionCondition {
    private static final System.Logger LOG = System.getLogger(SharedDataCondition.class.getName());

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (SharedData.isPresent()) {
            return ConditionEvaluationResult.enabled("shared data are in " + SharedData.directory());
        }
        String message = context.getDisplayName() + " was not run: it needs the shared data, and "
                + SharedData.directory() + " is not there";
        LOG.log(System.Logger.Level.WARNING, message);
        return ConditionEvaluationResult.disabled(message);
    }
}
