package io.sluice.connector;

/** What sources and destinations have in common. Stateless, thread-safe; one instance per process. */
public interface Connector {

    /** What this connector is and which settings it needs. Constant over the life of the process. */
    ConnectorDescriptor descriptor();
}
