package io.sluice.connector.source.state;

/** Names a sync's state. Each installation of Sluice needs a bookkeeping schema of its own: ids are its own. */
public record SyncKey(long workspaceId, long syncId) {}
