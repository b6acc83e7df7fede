package io.sluice.control.store;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;

/** Repository of {@link SyncEntity}. */
@ApplicationScoped
public class SyncRows implements PanacheRepository<SyncEntity> {

    /** The id of the next row. */
    long nextId() {
        return ((Number) getEntityManager()
                        .createNativeQuery("select nextval('sync_id_seq')")
                        .getSingleResult())
                .longValue();
    }
}
