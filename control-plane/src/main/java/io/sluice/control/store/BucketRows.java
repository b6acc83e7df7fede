package io.sluice.control.store;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Repository of {@link BucketEntity}. */
@ApplicationScoped
public class BucketRows implements PanacheRepository<BucketEntity> {

    /** The id of the next row. */
    long nextId() {
        return ((Number) getEntityManager()
                        .createNativeQuery("select nextval('bucket_id_seq')")
                        .getSingleResult())
                .longValue();
    }

    /** The bucket a new run of a workspace is tracked in: its own, else its organization's (BKT-3). */
    Optional<Long> ofNewRuns(long workspaceId) {
        return getEntityManager()
                .createNativeQuery(
                        "select b.id from bucket b join workspace w on w.organization_id = b.organization_id"
                                + " where w.id = ?1 and b.in_use and (b.workspace_id = w.id or b.workspace_id is null)"
                                + " order by b.workspace_id nulls last limit 1",
                        Long.class)
                .setParameter(1, workspaceId)
                .getResultStream()
                .findFirst()
                .map(Long.class::cast);
    }
}
