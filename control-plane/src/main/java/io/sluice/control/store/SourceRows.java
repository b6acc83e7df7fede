package io.sluice.control.store;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;

/** Repository of {@link SourceEntity}. */
@ApplicationScoped
public class SourceRows implements PanacheRepository<SourceEntity> {

    /** The id of the next row. */
    long nextId() {
        return ((Number) getEntityManager()
                        .createNativeQuery("select nextval('source_id_seq')")
                        .getSingleResult())
                .longValue();
    }
}
