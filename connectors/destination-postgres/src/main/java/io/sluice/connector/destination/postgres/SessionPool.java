package io.sluice.connector.destination.postgres;

import io.sluice.connector.ConnectorException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The client connections of one destination: as many as its settings allow (DST-11), opened when they are needed, kept
 * afterwards. Thread-safe.
 */
final class SessionPool implements AutoCloseable {
    private final DestinationSettings settings;
    private final Semaphore permits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Session> idle = new ArrayDeque<>();
    private final Set<Session> lent = new HashSet<>();
    private boolean closed;

    SessionPool(DestinationSettings settings) {
        this.settings = settings;
        this.permits = new Semaphore(settings.clientConnections(), true);
    }

    /**
     * Waits for a free connection and lends it. Give it back with {@link #giveBack} or {@link #discard}.
     *
     * @throws ConnectorException when a new connection is needed and none can be had
     */
    Session borrow() throws InterruptedException, ConnectorException, SQLException {
        permits.acquire();
        Session session = null;
        try {
            session = takeIdle();
            if (session == null) {
                session = Session.open(settings);
            }
            lend(session);
            return session;
        } finally {
            if (session == null) {
                permits.release();
            }
        }
    }

    /** Takes back a session that is fit for the next user. */
    void giveBack(Session session) {
        boolean keep;
        lock.lock();
        try {
            lent.remove(session);
            keep = !closed;
            if (keep) {
                idle.push(session);
            }
        } finally {
            lock.unlock();
        }
        if (!keep) {
            session.close();
        }
        permits.release();
    }

    /** Takes back a broken session. What broke it (a restart of the server, mostly) broke the idle ones too. */
    void discard(Session session) {
        List<Session> broken;
        lock.lock();
        try {
            lent.remove(session);
            broken = new ArrayList<>(idle);
            idle.clear();
        } finally {
            lock.unlock();
        }
        broken.add(session);
        broken.forEach(Session::close);
        permits.release();
    }

    /** Closes all connections; work in progress ends with an exception. */
    @Override
    public void close() {
        List<Session> open;
        List<Session> busy;
        lock.lock();
        try {
            closed = true;
            open = new ArrayList<>(idle);
            busy = new ArrayList<>(lent);
            idle.clear();
        } finally {
            lock.unlock();
        }
        open.forEach(Session::close);
        busy.forEach(Session::abort);
    }

    private Session takeIdle() {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the connection is closed");
            }
            return idle.poll();
        } finally {
            lock.unlock();
        }
    }

    private void lend(Session session) {
        lock.lock();
        try {
            lent.add(session);
        } finally {
            lock.unlock();
        }
    }
}
