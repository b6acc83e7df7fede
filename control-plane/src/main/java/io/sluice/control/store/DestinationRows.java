package io.sluice.control.store;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;

/** Repository of {@link DestinationEntity}. */
@ApplicationScoped
public class DestinationRows implements PanacheRepository<DestinationEntity> {

    /** The id of the next row. */
    long nextId() {
        return ((Number) getEntityManager()
                        .createNativeQuery("select nextval('destination_id_seq')")
                        .getSingleResult())
                .longValue();
    }
}
