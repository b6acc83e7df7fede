package io.sluice.control.store;

import io.sluice.connector.destination.DestinationObject;
import io.sluice.control.catalog.DestinationItem;
import io.sluice.control.catalog.DestinationItems;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Destination objects in PostgreSQL. */
@ApplicationScoped
public class StoredDestinationItems implements DestinationItems {
    private final DestinationItemRows rows;
    private final DestinationRows destinations;

    public StoredDestinationItems(DestinationItemRows rows, DestinationRows destinations) {
        this.rows = rows;
        this.destinations = destinations;
    }

    @Override
    @Transactional
    public Optional<Instant> refreshedAt(long destinationId) {
        return destinations.findByIdOptional(destinationId).map(row -> row.objectsRefreshedAt);
    }

    @Override
    @Transactional
    public List<DestinationItem> list(long destinationId) {
        return rows.find("destinationId = ?1 and listed order by fullName", destinationId).stream()
                .map(StoredDestinationItems::item)
                .toList();
    }

    @Override
    @Transactional
    public Optional<DestinationItem> find(long itemId) {
        return rows.findByIdOptional(itemId).map(StoredDestinationItems::item);
    }

    @Override
    @Transactional
    public void replace(long destinationId, List<DestinationObject> objects, Instant at) {
        DestinationEntity destination = destinations.findById(destinationId, LockModeType.PESSIMISTIC_WRITE);
        if (destination == null) {
            return;
        }
        destination.objectsRefreshedAt = at;
        Map<String, DestinationItemEntity> known = new HashMap<>();
        rows.find("destinationId", destinationId).stream().forEach(row -> known.put(row.fullName, row));
        known.values().forEach(row -> row.listed = false);
        for (DestinationObject object : objects) {
            DestinationItemEntity row = known.get(object.fullName());
            boolean isNew = row == null;
            if (isNew) {
                row = new DestinationItemEntity();
                row.destinationId = destinationId;
                row.fullName = object.fullName();
            }
            row.definition = StoredJson.write(object);
            row.listed = true;
            if (isNew) {
                rows.persist(row);
            }
        }
    }

    /** Also for rows of syncs: the same conversion everywhere. */
    static DestinationItem item(DestinationItemEntity row) {
        return new DestinationItem(row.id, row.destinationId, StoredJson.read(row.definition, DestinationObject.class));
    }
}
