package io.sluice.loader.kafka;

import io.sluice.contract.RunPlan;
import io.sluice.loader.run.PlanLookup;
import io.sluice.loader.run.PlanUnreadableException;
import io.sluice.support.kafka.RunPlans;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/** Plans of runs, from Kafka. */
record KafkaPlans(RunPlans plans) implements PlanLookup {

    @Override
    public Optional<RunPlan> find(long syncRunId) throws PlanUnreadableException {
        try {
            return plans.find(syncRunId);
        } catch (KafkaException unreadable) {
            throw new PlanUnreadableException(unreadable.getMessage(), unreadable);
        }
    }
}
