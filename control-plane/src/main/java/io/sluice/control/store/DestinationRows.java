package io.sluice.control.store;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;

/** Repository of {@link DestinationEntity}. */
@ApplicationScoped
public class DestinationRows implements PanacheRepository<DestinationEntity> {}
