package io.sluice.control.store;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;

/** Repository of {@link SyncRunEntity}. */
@ApplicationScoped
public class SyncRunRows implements PanacheRepository<SyncRunEntity> {}
