package io.sluice.control.connection;

import io.sluice.control.page.Page;
import io.sluice.control.page.PageRequest;
import java.util.Optional;

/**
 * Where destinations are kept. Every method is one transaction; every change of credentials is also announced to the
 * workers, in the same transaction. Ids of another workspace do not exist.
 */
public interface Destinations {

    /** What changes of a destination; absent means unchanged. */
    record DestinationChange(Optional<String> name, Optional<TestedSettings> settings) {}

    /** Makes a destination. */
    Destination create(long workspaceId, String name, String type, TestedSettings settings);

    /** A destination. */
    Optional<Destination> find(long workspaceId, long destinationId);

    /** The destinations of a workspace. */
    Page<Destination> list(long workspaceId, PageRequest page);

    /** The credentials of a destination. */
    Optional<Credentials> credentials(long workspaceId, long destinationId);

    /** Changes a destination. */
    Optional<Destination> update(long workspaceId, long destinationId, DestinationChange change);

    /** Remembers a connection test. */
    void recordTest(long destinationId, ConnectionTest test);

    /**
     * Removes a destination with its syncs; their active runs are told to stop.
     *
     * @return whether it existed
     */
    boolean delete(long workspaceId, long destinationId);
}
