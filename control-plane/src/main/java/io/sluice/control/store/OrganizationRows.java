package io.sluice.control.store;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;

/** Repository of {@link OrganizationEntity}. */
@ApplicationScoped
public class OrganizationRows implements PanacheRepository<OrganizationEntity> {}
