package io.sluice.control.store;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;

/** Repository of {@link SourceItemEntity}. */
@ApplicationScoped
public class SourceItemRows implements PanacheRepository<SourceItemEntity> {}
