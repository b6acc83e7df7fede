package io.sluice.control.catalog;

import io.sluice.connector.destination.DestinationObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where destination objects are kept. Every method is one transaction. */
public interface DestinationItems {

    /** When the objects were last read; empty before the first time. */
    Optional<Instant> refreshedAt(long destinationId);

    /** The objects that existed at the last refresh, by full name. */
    List<DestinationItem> list(long destinationId);

    /** An object by id, also one that is gone by now. */
    Optional<DestinationItem> find(long itemId);

    /** Takes over what a refresh found; known objects keep their ids, vanished ones are no longer offered. */
    void replace(long destinationId, List<DestinationObject> objects, Instant at);
}
