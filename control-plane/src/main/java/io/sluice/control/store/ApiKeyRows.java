package io.sluice.control.store;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;

/** Repository of {@link ApiKeyEntity}. */
@ApplicationScoped
public class ApiKeyRows implements PanacheRepository<ApiKeyEntity> {}
