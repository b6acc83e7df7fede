package io.sluice.control.store;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;

/** Repository of {@link OutboxEntity}. */
@ApplicationScoped
public class OutboxRows implements PanacheRepository<OutboxEntity> {}
