package io.sluice.loader.retry;

/** Asked before each call and while waiting: whether to go on. Thread-safe; cheap to ask. */
@FunctionalInterface
public interface HaltSignal {

    /** Whether to go on. */
    enum Halt {
        /** Go on. */
        NONE,
        /** The run failed or was cancelled: what was not sent stays unsent. */
        END_RUN,
        /** This partition is somebody else's now, or the process stops: forget what is not finished. */
        ABANDON
    }

    /** What to do now. */
    Halt current();
}
