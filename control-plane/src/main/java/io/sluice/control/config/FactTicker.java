package io.sluice.control.config;

import io.quarkus.scheduler.Scheduled;
import io.sluice.control.facts.FactService;
import jakarta.inject.Singleton;

/** Looks every minute whose fact tables are to be published. */
@Singleton
public class FactTicker {
    private final FactService facts;

    public FactTicker(FactService facts) {
        this.facts = facts;
    }

    @Scheduled(identity = "due-facts", every = "60s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        facts.refreshDue();
    }
}
