package io.sluice.control.store;

import io.sluice.connectorruntime.ConnectorCatalog;
import io.sluice.contract.DestinationFact;
import io.sluice.contract.DestinationObjectFact;
import io.sluice.contract.FactBucket;
import io.sluice.contract.FactTables;
import io.sluice.contract.SourceObjectFact;
import io.sluice.control.facts.FactWords;
import io.sluice.control.facts.Facts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Facts in PostgreSQL. */
@ApplicationScoped
public class StoredFacts implements Facts {
    private static final int MOST_DUE_AT_ONCE = 100;

    private final EntityManager entities;
    private final RememberedFacts remembered;
    private final Outbox outbox;
    private final ConnectorCatalog connectors;
    private final Clock clock;

    public StoredFacts(
            EntityManager entities,
            RememberedFacts remembered,
            Outbox outbox,
            ConnectorCatalog connectors,
            Clock clock) {
        this.entities = entities;
        this.remembered = remembered;
        this.outbox = outbox;
        this.connectors = connectors;
        this.clock = clock;
    }

    @Override
    @Transactional
    public List<Long> takeDue(Duration age) {
        Instant now = clock.instant();
        List<Long> due = entities.createNativeQuery(
                        "select id from organization where facts_published_at is null or facts_published_at <= ?1"
                                + " order by id limit " + MOST_DUE_AT_ONCE + " for update skip locked",
                        Long.class)
                .setParameter(1, now.minus(age))
                .getResultList();
        due.forEach(organization -> published(organization, now));
        return due;
    }

    @Override
    @Transactional
    public void publish(long organizationId) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        published(organizationId, now);
        remembered.ofOrganization(organizationId);
        forget(organizationId, "source_object", "source_item");
        forget(organizationId, "destination", "destination");
        forget(organizationId, "destination_object", "destination_item");
        outbox.facts(FactTables.newBuilder()
                .setOrganizationId(organizationId)
                .setTakenAt(now)
                .setSourceObjects(rows(organizationId, "source_object", StoredFacts::sourceObject))
                .setDestinations(rows(organizationId, "destination", this::destination))
                .setDestinationObjects(rows(organizationId, "destination_object", this::destinationObject))
                .setBuckets(buckets(organizationId))
                .build());
    }

    /** Also keeps two publications of an organization apart: the later one holds what is true later. */
    private void published(long organizationId, Instant at) {
        entities.createNativeQuery("update organization set facts_published_at = ?2 where id = ?1")
                .setParameter(1, organizationId)
                .setParameter(2, at)
                .executeUpdate();
    }

    private void forget(long organizationId, String kind, String table) {
        entities.createNativeQuery("update fact set deleted = true where organization_id = ?1 and kind = ?2 and not"
                        + " deleted and not exists (select 1 from " + table + " t where t.id = fact.id)")
                .setParameter(1, organizationId)
                .setParameter(2, kind)
                .executeUpdate();
    }

    private <T> List<T> rows(long organizationId, String kind, Function<Tuple, T> fact) {
        List<Tuple> rows = entities.createNativeQuery(
                        "select id, workspace_id, parent_id, word, name, label, deleted from fact"
                                + " where organization_id = ?1 and kind = ?2 order by id",
                        Tuple.class)
                .setParameter(1, organizationId)
                .setParameter(2, kind)
                .getResultList();
        return rows.stream().map(fact).toList();
    }

    private static SourceObjectFact sourceObject(Tuple row) {
        long id = row.get("id", Long.class);
        String kind = row.get("word", String.class);
        return SourceObjectFact.newBuilder()
                .setId(id)
                .setWorkspaceId(row.get("workspace_id", Long.class))
                .setSourceId(row.get("parent_id", Long.class))
                .setType(FactWords.sourceObject(kind).orElse(null))
                .setName(row.get("name", String.class))
                // a model is its own source object: both have one id
                .setModelId(kind.equals(SourceItemEntity.MODEL) ? id : null)
                .setDeleted(row.get("deleted", Boolean.class))
                .build();
    }

    private DestinationFact destination(Tuple row) {
        return DestinationFact.newBuilder()
                .setId(row.get("id", Long.class))
                .setWorkspaceId(row.get("workspace_id", Long.class))
                .setType(label(row).flatMap(FactWords::destination).orElse(null))
                .setName(row.get("name", String.class))
                .setDeleted(row.get("deleted", Boolean.class))
                .build();
    }

    private DestinationObjectFact destinationObject(Tuple row) {
        return DestinationObjectFact.newBuilder()
                .setId(row.get("id", Long.class))
                .setWorkspaceId(row.get("workspace_id", Long.class))
                .setDestinationId(row.get("parent_id", Long.class))
                .setType(label(row)
                        .flatMap(connector -> FactWords.destinationObject(connector, row.get("label", String.class)))
                        .orElse(null))
                .setName(row.get("name", String.class))
                .setDeleted(row.get("deleted", Boolean.class))
                .build();
    }

    /** Of the destination's connector; empty when this installation no longer has it. */
    private Optional<String> label(Tuple row) {
        return connectors
                .destination(row.get("word", String.class))
                .map(connector -> connector.descriptor().label());
    }

    private List<FactBucket> buckets(long organizationId) {
        List<Tuple> rows = entities.createNativeQuery(
                        "select id, coalesce(workspace_id, 0) as workspace_id from bucket where organization_id = ?1"
                                + " and in_use order by id",
                        Tuple.class)
                .setParameter(1, organizationId)
                .getResultList();
        return rows.stream()
                .map(row -> new FactBucket(row.get("id", Long.class), row.get("workspace_id", Long.class)))
                .toList();
    }
}
