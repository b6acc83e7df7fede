package io.sluice.connector.source.postgres;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Tells whether a reading thread has been waiting for the server, and for the same message all the time. Costs the reader
 * two plain stores per message. Written by one thread, read by another.
 */
final class ReadPulse {
    private final AtomicLong beats = new AtomicLong();

    /** The reader begins to wait for the server. */
    void waiting() {
        beats.setOpaque(beats.getPlain() + 1);
    }

    /** The server has said something. */
    void heard() {
        beats.setOpaque(beats.getPlain() + 1);
    }

    /** Changes with each wait that begins or ends; odd while the reader waits. */
    long now() {
        return beats.getOpaque();
    }
}
