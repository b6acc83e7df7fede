package io.sluice.control.connection;

import io.sluice.bucket.store.BucketProbe;
import io.sluice.bucket.store.StoreType;
import io.sluice.connector.ConnectionCheck;
import io.sluice.connector.ConnectorError;
import io.sluice.connector.ConnectorException;
import io.sluice.connector.destination.DestinationConnection;
import io.sluice.connector.settings.ConnectionSettings;
import io.sluice.connector.source.SourceConnection;
import io.sluice.connector.source.SourceConnector;
import io.sluice.connectorruntime.ConnectorCatalog;
import io.sluice.operation.StateMode;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Calls connectors and buckets: opens a connection, makes one call, always closes it again, and never waits longer than the limit.
 * Each call runs on a virtual thread of its own. Thread-safe.
 */
public final class ConnectorCalls {
    private static final System.Logger LOG = System.getLogger(ConnectorCalls.class.getName());

    /** One call over an open source connection. */
    @FunctionalInterface
    public interface SourceCall<T> {
        T on(SourceConnection connection) throws ConnectorException;
    }

    /** One call over an open destination connection. */
    @FunctionalInterface
    public interface DestinationCall<T> {
        T on(DestinationConnection connection) throws ConnectorException;
    }

    private interface Opening<C> {
        C open() throws ConnectorException;
    }

    private interface Use<C, T> {
        T on(C connection) throws ConnectorException;
    }

    private final ConnectorCatalog connectors;
    private final Duration limit;
    private final Clock clock;

    public ConnectorCalls(ConnectorCatalog connectors, Duration limit, Clock clock) {
        this.connectors = connectors;
        this.limit = limit;
        this.clock = clock;
    }

    /** Whether syncs of this kind of source may find new rows by a high-water mark (BEH-20). */
    public boolean readsWindows(String sourceType) {
        return connectors
                .source(sourceType)
                .filter(SourceConnector::readsWindows)
                .isPresent();
    }

    /** Whether several columns of this kind of source may together identify a record (KEY-3). */
    public boolean computesCompoundKeys(String sourceType) {
        return connectors
                .source(sourceType)
                .filter(SourceConnector::computesCompoundKeys)
                .isPresent();
    }

    /** Makes one call on a source. */
    public <T> T source(String type, Credentials credentials, SourceCall<T> call) throws ConnectorException {
        return limited(limit, () -> connectors.openSource(type, credentials.reveal()), call::on);
    }

    /** Makes one call on a destination. */
    public <T> T destination(String type, Credentials credentials, DestinationCall<T> call) throws ConnectorException {
        return limited(limit, () -> connectors.openDestination(type, credentials.reveal()), call::on);
    }

    /** Tests a source for a state mode, step by step (SRC-19); a failure is an answer. */
    public ConnectionTest testSource(String type, Credentials credentials, StateMode mode) {
        return tested(() -> source(type, credentials, connection -> connection.check(mode)));
    }

    /** Tests a destination, step by step (SRC-19); a failure is an answer. */
    public ConnectionTest testDestination(String type, Credentials credentials) {
        return tested(() -> destination(type, credentials, DestinationConnection::check));
    }

    /**
     * Tests a bucket, step by step (BKT-9); a failure is an answer.
     *
     * @param most longest wait for all steps together
     */
    public ConnectionTest testBucket(StoreType type, ConnectionSettings settings, Duration most) {
        return tested(() -> limited(most, () -> type.open(settings), bucket -> BucketProbe.test(type, bucket)));
    }

    private ConnectionTest tested(Opening<ConnectionCheck> test) {
        try {
            return ConnectionTest.of(clock.instant(), test.open());
        } catch (ConnectorException failed) {
            return ConnectionTest.failed(clock.instant(), failed.error());
        }
    }

    private <C extends AutoCloseable, T> T limited(Duration most, Opening<C> opening, Use<C, T> use)
            throws ConnectorException {
        AtomicReference<C> opened = new AtomicReference<>();
        FutureTask<T> task = new FutureTask<>(() -> {
            try (C connection = opening.open()) {
                opened.set(connection);
                return use.on(connection);
            }
        });
        Thread worker = Thread.ofVirtual().name("connector-call").start(task);
        try {
            return task.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            abandon(worker, opened.get());
            throw new ConnectorException(
                    new ConnectorError(
                            "TIMEOUT",
                            ConnectorError.Fault.EXTERNAL,
                            "No answer within " + most.toSeconds()
                                    + " seconds: check host, port and firewall, or try again later"),
                    slow);
        } catch (ExecutionException failed) {
            throw cause(failed);
        } catch (InterruptedException interrupted) {
            abandon(worker, opened.get());
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while calling a connector", interrupted);
        }
    }

    /** Closing ends a call in progress; it may itself hang on a dead peer, so nobody waits for it. */
    private static void abandon(Thread worker, AutoCloseable connection) {
        worker.interrupt();
        if (connection != null) {
            Thread.ofVirtual().name("connector-abandon").start(() -> close(connection));
        }
    }

    private static void close(AutoCloseable connection) {
        try {
            connection.close();
        } catch (Exception alreadyGone) {
            LOG.log(System.Logger.Level.DEBUG, "an abandoned connection did not close cleanly", alreadyGone);
        }
    }

    private static ConnectorException cause(ExecutionException failed) {
        if (failed.getCause() instanceof ConnectorException known) {
            return known;
        }
        // Only the class: the message of an unexpected exception may hold anything, also a password.
        LOG.log(System.Logger.Level.ERROR, "a connector failed unexpectedly with {0} at {1}", where(failed.getCause()));
        return new ConnectorException(
                new ConnectorError(
                        "CONNECTOR_BUG",
                        ConnectorError.Fault.CONNECTOR,
                        "The connector failed in an unexpected way: report this; the log says where"),
                failed.getCause());
    }

    private static Object[] where(Throwable bug) {
        StackTraceElement[] trace = bug.getStackTrace();
        return new Object[] {bug.getClass().getName(), trace.length == 0 ? "an unknown place" : trace[0]};
    }
}
