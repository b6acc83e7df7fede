package io.sluice.testsupport.fault;

import java.time.Duration;
import java.util.Objects;

/** What a {@link FaultProxy} does to the bytes that go through it. */
public sealed interface Fault {

    /** Nothing: all bytes go through. */
    record Pass() implements Fault {}

    /** Connections are taken and stay open, and no byte moves until the fault ends. Then everything goes on. */
    record Stall() implements Fault {}

    /**
     * Connections are taken and stay open, and every byte is swallowed, as by a firewall that has forgotten a connection.
     * When the fault ends, the connections that lost bytes are cut.
     */
    record Swallow() implements Fault {}

    /**
     * Each connection is cut (both sides see a reset) after so many bytes, both directions together, counted from when
     * the fault began.
     */
    record CutAfter(long bytes) implements Fault {
        public CutAfter {
            if (bytes < 0) {
                throw new IllegalArgumentException("bytes must be 0 or more, not " + bytes);
            }
        }
    }

    /** Everything arrives so much later. */
    record Delay(Duration by) implements Fault {
        public Delay {
            Objects.requireNonNull(by, "by");
        }
    }

    /** New connections are refused; those that are open go on. */
    record Refuse() implements Fault {}
}
