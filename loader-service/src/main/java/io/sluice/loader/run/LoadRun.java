package io.sluice.loader.run;

import io.sluice.connector.destination.DestinationWriter;
import io.sluice.contract.RunPlan;
import io.sluice.contract.StageError;
import io.sluice.loader.batch.MappingException;
import io.sluice.loader.batch.RecordMapper;
import io.sluice.loader.destination.DestinationSlot;
import io.sluice.loader.dispatch.AbandonedException;
import io.sluice.loader.dispatch.DispatchErrors;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One sync run in one lane, shared by the workers of its partitions: what one of them learns (the plan is missing, the
 * destination is down) holds for all. Thread-safe.
 */
public final class LoadRun {
    private static final Logger LOG = LoggerFactory.getLogger(LoadRun.class);

    private final long syncRunId;
    private final PlanLookup plans;
    private final DestinationSlot slot;
    private final AtomicReference<StageError> failure = new AtomicReference<>();
    private final AtomicInteger unansweredInARow = new AtomicInteger();
    private Ready ready;
    private Boolean logged;

    /**
     * What sending needs.
     *
     * @param mapper operations to records
     * @param lease the connection
     * @param batchSize most operations per call: the connector's claim, or less if the sync says so (ENG-8)
     */
    public record Ready(RecordMapper mapper, DestinationSlot.Lease lease, int batchSize) {}

    LoadRun(long syncRunId, PlanLookup plans, DestinationSlot slot) {
        this.syncRunId = syncRunId;
        this.plans = plans;
        this.slot = slot;
    }

    /** The sync run. */
    public long syncRunId() {
        return syncRunId;
    }

    /** Why nothing more is sent, or empty. */
    public Optional<StageError> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** Nothing more is sent of this run; the first failure stays. */
    public void fail(StageError error) {
        if (failure.compareAndSet(null, error)) {
            LOG.warn("run {} fails: {}", syncRunId, error.getCode());
        }
    }

    /** The destination itself is the problem: the run fails, and later runs get a new connection. */
    public void failWithDestination(StageError error) {
        fail(error);
        synchronized (this) {
            if (ready != null) {
                ready.lease().distrust();
            }
        }
    }

    /**
     * Looks the plan up and connects, once; empty when that failed, and then so has the run. May block, for long when the
     * destination is away.
     *
     * @throws AbandonedException when the partition's work must be dropped
     */
    synchronized Optional<Ready> ready(Opening opening) throws AbandonedException {
        if (ready == null && failure.get() == null) {
            try {
                prepare(opening);
            } catch (MappingException invalid) {
                fail(RunErrors.mappingInvalid(invalid.getMessage()));
            } catch (PlanUnreadableException notKnown) {
                fail(RunErrors.planUnreadable(notKnown.getMessage()));
            } catch (RuntimeException | LinkageError bug) {
                LOG.error("preparing run {} failed", syncRunId, bug);
                fail(DispatchErrors.connectorBug(bug.getClass().getSimpleName()));
            }
        }
        return failure.get() == null ? Optional.ofNullable(ready) : Optional.empty();
    }

    /**
     * Whether the source logs what becomes of every operation (WWB-1). Where the plan cannot be read nobody knows, and nothing
     * is sent either.
     */
    public synchronized boolean isLogged() {
        if (logged == null) {
            try {
                logged = plans.find(syncRunId)
                        .map(plan -> plan.getWriteback() != null)
                        .orElse(false);
            } catch (PlanUnreadableException notKnown) {
                LOG.warn("whether run {} is logged is not known: {}", syncRunId, notKnown.getMessage());
                return false;
            }
        }
        return logged;
    }

    private void prepare(Opening opening) throws AbandonedException, MappingException, PlanUnreadableException {
        Optional<RunPlan> plan = plans.find(syncRunId);
        if (plan.isEmpty()) {
            fail(RunErrors.planMissing(syncRunId));
            return;
        }
        RecordMapper mapper = RecordMapper.of(plan.get());
        switch (opening.open(slot::lease)) {
            case Opening.Opened<DestinationSlot.Lease>(var lease) -> {
                int claimed = lease.limits().batchSize();
                Integer wanted = plan.get().getBatchSize();
                ready = new Ready(mapper, lease, wanted == null ? claimed : Math.clamp(wanted, 1, claimed));
            }
            case Opening.Failed<DestinationSlot.Lease>(var error) -> fail(error);
            case Opening.Ended<DestinationSlot.Lease> ended -> {}
        }
    }

    /**
     * Opens a writer of this run; empty when that failed, and then so has the run. May block, for long when the destination
     * is away.
     *
     * @throws AbandonedException when the partition's work must be dropped
     */
    Optional<DestinationWriter> openWriter(Ready with, Opening opening) throws AbandonedException {
        try {
            switch (opening.open(() -> with.lease().openWriter(with.mapper().writePlan()))) {
                case Opening.Opened<DestinationWriter>(var writer) -> {
                    return Optional.of(writer);
                }
                case Opening.Failed<DestinationWriter>(var error) -> failWithDestination(error);
                case Opening.Ended<DestinationWriter> ended -> {}
            }
        } catch (RuntimeException | LinkageError bug) {
            LOG.error(
                    "the connector could not open a writer: {}", bug.getClass().getName());
            failWithDestination(DispatchErrors.connectorBug(bug.getClass().getSimpleName()));
        }
        return Optional.empty();
    }

    /** Notes whether a batch got any answer; a destination that never answers ends the run. */
    void noteAnswered(boolean unanswered, int patience) {
        if (!unanswered) {
            unansweredInARow.set(0);
        } else if (unansweredInARow.incrementAndGet() > patience) {
            failWithDestination(RunErrors.notAnswering(patience + 1));
        }
    }

    synchronized void close() {
        if (ready != null) {
            ready.lease().close();
        }
    }
}
