package io.sluice.standalone.stack;

import java.time.Duration;

/** How long to wait before a process is started again: 1 s, doubled with each quick death, 30 s at most. */
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration STEADY = Duration.ofSeconds(60);

    private Duration next = FIRST;

    /** The wait after a process that lived for this long. */
    Duration after(Duration life) {
        if (life.compareTo(STEADY) >= 0) {
            next = FIRST;
        }
        Duration wait = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return wait;
    }
}
