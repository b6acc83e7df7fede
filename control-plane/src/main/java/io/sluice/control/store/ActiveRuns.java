package io.sluice.control.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.List;

/** Stops the active runs of syncs that are about to be removed. Joins the caller's transaction. */
@ApplicationScoped
public class ActiveRuns {
    private final EntityManager entities;
    private final Outbox outbox;

    public ActiveRuns(EntityManager entities, Outbox outbox) {
        this.entities = entities;
        this.outbox = outbox;
    }

    void cancelOfSource(long sourceId) {
        cancel(
                "from SyncRunEntity r where r.state in ('queued', 'working', 'canceling') and r.syncId in (select s.id"
                        + " from SyncEntity s where s.sourceItemId in (select i.id from SourceItemEntity i where"
                        + " i.sourceId = ?1))",
                sourceId,
                "The source was deleted");
    }

    void cancelOfDestination(long destinationId) {
        cancel(
                "from SyncRunEntity r where r.state in ('queued', 'working', 'canceling') and r.syncId in (select s.id"
                        + " from SyncEntity s where s.destinationItemId in (select i.id from DestinationItemEntity i"
                        + " where i.destinationId = ?1))",
                destinationId,
                "The destination was deleted");
    }

    void cancelOfSync(long syncId) {
        cancel(
                "from SyncRunEntity r where r.state in ('queued', 'working', 'canceling') and r.syncId = ?1",
                syncId,
                "The sync was deleted");
    }

    private void cancel(String query, long id, String reason) {
        List<SyncRunEntity> active = entities.createQuery(query, SyncRunEntity.class)
                .setParameter(1, id)
                .getResultList();
        active.forEach(run -> outbox.cancel(run.id, run.syncId, reason));
    }
}
