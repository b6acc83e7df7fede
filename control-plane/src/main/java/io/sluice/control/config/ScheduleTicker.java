package io.sluice.control.config;

import io.quarkus.scheduler.Scheduled;
import io.sluice.control.trigger.RunService;
import jakarta.inject.Singleton;

/** Looks once a minute, on the minute, which schedules are due (RUN-7: minute granularity). */
@Singleton
public class ScheduleTicker {
    private final RunService runs;

    public ScheduleTicker(RunService runs) {
        this.runs = runs;
    }

    @Scheduled(identity = "due-syncs", cron = "0 * * * * ?", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        runs.triggerDue();
    }
}
