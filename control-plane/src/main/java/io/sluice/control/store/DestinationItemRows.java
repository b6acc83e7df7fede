package io.sluice.control.store;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;

/** Repository of {@link DestinationItemEntity}. */
@ApplicationScoped
public class DestinationItemRows implements PanacheRepository<DestinationItemEntity> {}
