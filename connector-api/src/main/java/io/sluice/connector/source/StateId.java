package io.sluice.connector.source;

/** Names a sync's state. Each installation of Sluice needs a bookkeeping schema of its own: ids are its own. */
public record StateId(long workspaceId, long syncId) {}
