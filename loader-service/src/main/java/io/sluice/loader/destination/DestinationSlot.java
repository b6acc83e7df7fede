package io.sluice.loader.destination;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.destination.ConnectionLimits;
import io.sluice.connector.destination.DestinationClaims;
import io.sluice.connector.destination.DestinationWriter;
import io.sluice.connector.destination.WritePlan;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the lane's one connection. Runs lease it; when its settings have changed or it looks broken, runs that begin get a
 * new one while those under way keep theirs, and the last one to leave closes it. Thread-safe.
 */
public final class DestinationSlot implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DestinationSlot.class);

    private final DestinationOpener opener;
    private final Consumer<ConnectionLimits> limitsListener;
    private Shared current;

    /**
     * Makes a slot without a connection.
     *
     * @param opener opens the destination with its latest settings
     * @param limitsListener told the limits of each connection that was opened
     */
    public DestinationSlot(DestinationOpener opener, Consumer<ConnectionLimits> limitsListener) {
        this.opener = opener;
        this.limitsListener = limitsListener;
    }

    /**
     * Leases the connection, opening it when there is none.
     *
     * @throws ConnectorException when it cannot be opened
     */
    public synchronized Lease lease() throws ConnectorException {
        if (current == null) {
            current = new Shared(opener.open());
            limitsListener.accept(current.limits);
        }
        current.users++;
        return new Lease(current);
    }

    /** Runs that begin from now on get a new connection. */
    public synchronized void renew() {
        if (current != null) {
            retire(current);
        }
    }

    private void retire(Shared shared) {
        if (current == shared) {
            current = null;
        }
        shared.retired = true;
        closeIfUnused(shared);
    }

    private synchronized void giveBack(Shared shared) {
        shared.users--;
        closeIfUnused(shared);
    }

    private static void closeIfUnused(Shared shared) {
        if (shared.retired && shared.users == 0) {
            try {
                shared.opened.connection().close();
            } catch (RuntimeException failed) {
                LOG.warn(
                        "closing a destination connection failed: {}",
                        failed.getClass().getName());
            }
        }
    }

    @Override
    public void close() {
        renew();
    }

    /** A connection and who uses it; guarded by the slot. */
    private static final class Shared {
        private final DestinationOpener.Opened opened;
        private final ConnectionLimits limits;
        private final Semaphore calls;
        private int users;
        private boolean retired;

        private Shared(DestinationOpener.Opened opened) {
            this.opened = opened;
            this.limits = opened.connection().limits(opened.claims());
            this.calls = new Semaphore(limits.parallelCalls() + limits.ahead());
        }
    }

    /** One run's use of the connection. Closing it twice does no harm. */
    public final class Lease implements AutoCloseable {
        private final Shared shared;
        private boolean returned;

        private Lease(Shared shared) {
            this.shared = shared;
        }

        /** What the connector claims. */
        public DestinationClaims claims() {
            return shared.opened.claims();
        }

        /** What this connection takes at a time. */
        public ConnectionLimits limits() {
            return shared.limits;
        }

        /** Limits the calls at a time over this connection, those ahead included, shared by all runs on it. */
        public Semaphore calls() {
            return shared.calls;
        }

        /** Opens a writer; the caller closes it before this lease. */
        public DestinationWriter openWriter(WritePlan plan) throws ConnectorException {
            return shared.opened.connection().openWriter(plan);
        }

        /** The connection looks broken: later runs get a new one. */
        public void distrust() {
            synchronized (DestinationSlot.this) {
                retire(shared);
            }
        }

        @Override
        public void close() {
            synchronized (DestinationSlot.this) {
                if (!returned) {
                    returned = true;
                    giveBack(shared);
                }
            }
        }
    }
}
