package io.sluice.control.connection;

import io.sluice.control.page.Page;
import io.sluice.control.page.PageRequest;
import io.sluice.operation.StateMode;
import io.sluice.operation.SyncBehavior;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where sources are kept. Every method is one transaction; every change of credentials is also announced to the workers,
 * in the same transaction. Ids of another workspace do not exist.
 */
public interface Sources {

    /**
     * What a new source is made of.
     *
     * @param details the settings that are no secrets
     */
    record NewSource(
            long workspaceId,
            String name,
            Optional<String> label,
            String type,
            StateMode engine,
            Credentials credentials,
            Map<String, Object> details,
            WritebackSettings writeback,
            ConnectionTest test) {}

    /**
     * What changes of a source; absent means unchanged.
     *
     * @param writeback what it has from now on
     * @param settings new credentials with what they show and how their test went
     * @param engine where state lives from now on
     */
    record SourceChange(
            Optional<String> name,
            Optional<String> label,
            WritebackSettings writeback,
            Optional<TestedSettings> settings,
            Optional<StateMode> engine) {}

    /** Makes a source. */
    Source create(NewSource source);

    /** A source. */
    Optional<Source> find(long workspaceId, long sourceId);

    /** The sources of a workspace. */
    Page<Source> list(long workspaceId, PageRequest page);

    /** The credentials of a source. */
    Optional<Credentials> credentials(long workspaceId, long sourceId);

    /** Changes a source. */
    Optional<Source> update(long workspaceId, long sourceId, SourceChange change);

    /** Ids of the syncs that read a source with one of these behaviors. */
    List<Long> syncsOf(long sourceId, Set<SyncBehavior> behaviors);

    /** Ids of the syncs that read a source and count records' failures from run to run. */
    List<Long> syncsCountingFailures(long sourceId);

    /** Remembers a connection test. */
    void recordTest(long sourceId, ConnectionTest test);

    /**
     * Removes a source with its models and syncs; their active runs are told to stop.
     *
     * @return whether it existed
     */
    boolean delete(long workspaceId, long sourceId);
}
