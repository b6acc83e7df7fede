package io.sluice.control.store;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;

/** Repository of {@link WorkspaceEntity}. */
@ApplicationScoped
public class WorkspaceRows implements PanacheRepository<WorkspaceEntity> {}
