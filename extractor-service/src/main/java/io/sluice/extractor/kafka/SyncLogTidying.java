package io.sluice.extractor.kafka;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.source.SourceConnection;
import io.sluice.connector.source.StateId;
import io.sluice.connector.source.Writeback;
import io.sluice.contract.RunPlan;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes a sync's old lines from its source's log after each of its runs: the logs of syncs that are paused, deleted or not
 * logged any more are left alone (WWB-5). What could not be removed is removed after the next run.
 */
record SyncLogTidying(SourceOpening sources) {
    private static final Logger LOG = LoggerFactory.getLogger(SyncLogTidying.class);

    void after(RunPlan plan) {
        if (plan.getWriteback() == null || plan.getDryRun()) {
            return;
        }
        Duration age = Duration.ofDays(plan.getWriteback().getRetentionDays());
        try (SourceConnection source = sources.open(plan)) {
            Optional<Writeback> writeback = source.writeback();
            if (writeback.isPresent()) {
                long removed =
                        writeback.get().removeOlderThan(new StateId(plan.getWorkspaceId(), plan.getSyncId()), age);
                LOG.debug("{} old lines of sync {} are removed from its log", removed, plan.getSyncId());
            }
        } catch (ConnectorException failed) {
            LOG.warn(
                    "old lines of sync {} stay in its log until its next run: {}",
                    plan.getSyncId(),
                    failed.error().code());
        }
    }
}
