package io.sluice.control.catalog;

import io.sluice.connector.ConnectorError;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.destination.DestinationConnection;
import io.sluice.connector.destination.DestinationObject;
import io.sluice.connector.source.SourceColumn;
import io.sluice.connector.source.SourceConnection;
import io.sluice.connector.source.SourceObject;
import io.sluice.connector.source.SourceQuery;
import io.sluice.control.connection.ConnectorCalls;
import io.sluice.control.connection.Credentials;
import io.sluice.control.connection.Destination;
import io.sluice.control.connection.Destinations;
import io.sluice.control.connection.Source;
import io.sluice.control.connection.Sources;
import io.sluice.control.error.ApiException;
import io.sluice.control.error.ErrorCode;
import io.sluice.control.error.Problem;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * Metadata of sources and destinations: served from the cache, read from the system when there is nothing cached or when
 * asked (SRC-6, DST-8). No database transaction is open while a system is being asked. Thread-safe.
 */
public final class Catalog {
    private final Sources sources;
    private final Destinations destinations;
    private final SourceItems items;
    private final DestinationItems objects;
    private final Refreshes refreshes;
    private final ConnectorCalls calls;
    private final Executor background;
    private final Clock clock;

    public Catalog(
            Sources sources,
            Destinations destinations,
            SourceItems items,
            DestinationItems objects,
            Refreshes refreshes,
            ConnectorCalls calls,
            Executor background,
            Clock clock) {
        this.sources = sources;
        this.destinations = destinations;
        this.items = items;
        this.objects = objects;
        this.refreshes = refreshes;
        this.calls = calls;
        this.background = background;
        this.clock = clock;
    }

    /**
     * The tables of a source; read now when they never were.
     *
     * @throws ApiException when the source cannot be read
     */
    public List<SourceItem.Table> tables(Source source) {
        if (items.tablesRefreshedAt(source.id()).isEmpty()) {
            refreshTables(source);
        }
        return items.tables(source.id());
    }

    /**
     * A table by its exact name; when the cache does not have it, the source is asked again.
     *
     * @throws ApiException when the source cannot be read
     */
    public Optional<SourceItem.Table> table(Source source, SourceObject name) {
        Optional<SourceItem.Table> known = named(tables(source), name);
        if (known.isPresent()) {
            return known;
        }
        refreshTables(source);
        return named(items.tables(source.id()), name);
    }

    private static Optional<SourceItem.Table> named(List<SourceItem.Table> tables, SourceObject name) {
        return tables.stream().filter(table -> table.object().equals(name)).findFirst();
    }

    /**
     * The columns of an item, from the cache if it satisfies the caller, else from the source.
     *
     * @throws ApiException when the source cannot be read
     */
    public SourceItem.Columns columns(Source source, SourceItem item, Predicate<SourceItem.Columns> good) {
        return item.columns().filter(good).orElseGet(() -> refreshColumns(source, item));
    }

    /**
     * Reads the columns of an item from its source.
     *
     * @throws ApiException when the source cannot be read
     */
    public SourceItem.Columns refreshColumns(Source source, SourceItem item) {
        SourceItem.Columns columns = columns(source, item.query());
        items.rememberColumns(item.id(), columns);
        return columns;
    }

    /**
     * Reads the columns of a query that is not stored yet.
     *
     * @throws ApiException when the source cannot be read or the query does not run
     */
    public SourceItem.Columns columns(Source source, SourceQuery query) {
        List<SourceColumn> list = fromSource(source, connection -> connection.columns(query));
        return new SourceItem.Columns(list, clock.instant());
    }

    /**
     * The objects of a destination; read now when they never were.
     *
     * @throws ApiException when the destination cannot be read
     */
    public List<DestinationItem> objects(Destination destination) {
        if (objects.refreshedAt(destination.id()).isEmpty()) {
            refreshObjects(destination);
        }
        return objects.list(destination.id());
    }

    /** The objects of a destination as far as they are known. */
    public List<DestinationItem> knownObjects(Destination destination) {
        return objects.list(destination.id());
    }

    /**
     * An object by its full name, from the cache if it satisfies the caller, else from the destination.
     *
     * @throws ApiException when the destination cannot be read
     */
    public Optional<DestinationItem> object(
            Destination destination, String fullName, Predicate<DestinationObject> good) {
        Optional<DestinationItem> known =
                named(objects(destination), fullName).filter(item -> good.test(item.object()));
        if (known.isPresent()) {
            return known;
        }
        refreshObjects(destination);
        return named(objects.list(destination.id()), fullName);
    }

    private static Optional<DestinationItem> named(List<DestinationItem> items, String fullName) {
        return items.stream()
                .filter(item -> item.object().fullName().equals(fullName))
                .findFirst();
    }

    /** Begins to read the tables of a source again and answers the job's key at once. */
    public long startRefreshTables(Source source) {
        return start(Refreshes.Kind.TABLES, source.id(), () -> refreshTables(source));
    }

    /** Begins to read the columns of an item again and answers the job's key at once. */
    public long startRefreshColumns(Source source, SourceItem item) {
        return start(Refreshes.Kind.COLUMNS, item.id(), () -> refreshColumns(source, item));
    }

    /** Begins to read the objects of a destination again and answers the job's key at once. */
    public long startRefreshObjects(Destination destination) {
        return start(Refreshes.Kind.DESTINATION_OBJECTS, destination.id(), () -> refreshObjects(destination));
    }

    /** How a refresh is going; without a key the latest one. */
    public Optional<Refreshes.Refresh> refresh(Refreshes.Kind kind, long subjectId, Optional<Long> key) {
        return refreshes.find(kind, subjectId, key);
    }

    private long start(Refreshes.Kind kind, long subjectId, Runnable work) {
        long key = refreshes.begin(kind, subjectId);
        background.execute(() -> {
            Optional<String> error = Optional.of("interrupted");
            try {
                work.run();
                error = Optional.empty();
            } catch (ApiException unreachable) {
                error = Optional.of(unreachable.getMessage());
            } finally {
                refreshes.finish(key, error);
            }
        });
        return key;
    }

    private void refreshTables(Source source) {
        List<SourceObject> found = fromSource(source, SourceConnection::objects);
        items.replaceTables(source.id(), found, clock.instant());
    }

    /** Whether syncs of this source may find new rows by a high-water mark (BEH-20). */
    public boolean readsWindows(Source source) {
        return calls.readsWindows(source.type());
    }

    /** Whether several columns of this source may together identify a record (KEY-3). */
    public boolean computesCompoundKeys(Source source) {
        return calls.computesCompoundKeys(source.type());
    }

    /** How many records a destination object holds, if that can be counted now. */
    public Optional<Long> count(Destination destination, DestinationItem item) {
        return destinations
                .credentials(destination.workspaceId(), destination.id())
                .flatMap(credentials -> {
                    try {
                        OptionalLong count = calls.destination(
                                destination.type(),
                                credentials,
                                connection -> connection.count(item.object().fullName()));
                        return count.isPresent() ? Optional.of(count.getAsLong()) : Optional.empty();
                    } catch (ConnectorException unknown) {
                        return Optional.empty();
                    }
                });
    }

    private void refreshObjects(Destination destination) {
        Credentials credentials = destinations
                .credentials(destination.workspaceId(), destination.id())
                .orElseThrow(() -> ApiException.notFound("destination", destination.id()));
        List<DestinationObject> found;
        try {
            found = calls.destination(destination.type(), credentials, DestinationConnection::objects);
        } catch (ConnectorException failed) {
            throw unavailable(ErrorCode.DESTINATION_UNAVAILABLE, "destination " + destination.id(), failed.error());
        }
        objects.replace(destination.id(), found, clock.instant());
    }

    private <T> T fromSource(Source source, ConnectorCalls.SourceCall<T> call) {
        Credentials credentials = sources.credentials(source.workspaceId(), source.id())
                .orElseThrow(() -> ApiException.notFound("source", source.id()));
        try {
            return calls.source(source.type(), credentials, call);
        } catch (ConnectorException failed) {
            throw unavailable(ErrorCode.SOURCE_UNAVAILABLE, "source " + source.id(), failed.error());
        }
    }

    private static ApiException unavailable(ErrorCode otherwise, String what, ConnectorError error) {
        Problem problem = new Problem(error.code(), "", "Cannot read " + what + ": " + error.message());
        return new ApiException(otherwise.httpStatus(), List.of(problem));
    }
}
