package io.sluice.loader.kafka;

import io.sluice.loader.retry.TimeSource;
import io.sluice.loader.run.Cancellations;
import io.sluice.loader.run.PlanLookup;
import io.sluice.support.kafka.KafkaClients;
import io.sluice.support.kafka.ParkedMessages;

/**
 * What all lanes of a process share.
 *
 * @param clients makes Kafka clients
 * @param plans finds the plans of runs
 * @param cancellations knows cancelled runs
 * @param progress tells how far runs are
 * @param parked takes unreadable messages
 * @param settings how lanes behave
 * @param time clock and sleeping
 * @param hooks for tests
 */
record LaneEnvironment(
        KafkaClients clients,
        PlanLookup plans,
        Cancellations cancellations,
        ProgressEvents progress,
        ParkedMessages parked,
        LaneSettings settings,
        TimeSource time,
        LaneHooks hooks) {}
