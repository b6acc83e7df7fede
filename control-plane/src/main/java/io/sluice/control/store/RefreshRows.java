package io.sluice.control.store;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;

/** Repository of {@link RefreshEntity}. */
@ApplicationScoped
public class RefreshRows implements PanacheRepository<RefreshEntity> {}
