package io.sluice.control.catalog;

import io.sluice.connector.destination.DestinationObject;

/**
 * A destination object with the id it has here.
 *
 * @param id stays the same over refreshes
 * @param destinationId the destination it belongs to
 * @param object what the connector said
 */
public record DestinationItem(long id, long destinationId, DestinationObject object) {}
