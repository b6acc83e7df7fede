package io.sluice.tracking.kafka;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Pauses between tries: doubling from half a second up to a limit, each shortened at random by up to a quarter. */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(500);

    private final Duration longest;
    private Duration next = FIRST;

    Backoff(Duration longest) {
        this.longest = longest;
    }

    Duration next() {
        Duration pause = next.compareTo(longest) < 0 ? next : longest;
        next = pause.multipliedBy(2);
        return pause.minus(Duration.ofMillis(ThreadLocalRandom.current().nextLong(pause.toMillis() / 4 + 1)));
    }

    void reset() {
        next = FIRST;
    }
}
