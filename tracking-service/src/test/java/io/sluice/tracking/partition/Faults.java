package io.sluice.tracking.partition;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What goes wrong at the ports of a simulated owner, in a given order; afterwards nothing does. */
final class Faults {

    enum Fault {
        NONE,
        /** The call fails and has no effect. */
        FAIL_BEFORE,
        /** The call has its effect and fails all the same: a lost answer. */
        FAIL_AFTER,
        /** The process dies before the call. */
        CRASH_BEFORE,
        /** The process dies right after the call. */
        CRASH_AFTER,
        /** The process stalls before the call, loses its partition, and wakes up later. */
        STALL
    }

    /** The process is gone. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** The process stands still. */
    static final class Stall extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** An answer that calls for another try. */
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final Deque<Fault> script;

    Faults(List<Fault> script) {
        this.script = new ArrayDeque<>(script);
    }

    void around(Runnable effect) {
        Fault fault = script.isEmpty() ? Fault.NONE : script.removeFirst();
        switch (fault) {
            case NONE -> effect.run();
            case FAIL_BEFORE -> throw new Failure();
            case FAIL_AFTER -> {
                effect.run();
                throw new Failure();
            }
            case CRASH_BEFORE -> throw new Crash();
            case CRASH_AFTER -> {
                effect.run();
                throw new Crash();
            }
            case STALL -> throw new Stall();
        }
    }
}
