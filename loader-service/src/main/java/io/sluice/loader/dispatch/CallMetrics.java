package io.sluice.loader.dispatch;

import java.time.Duration;

/** Told about each destination call of one lane. Thread-safe. */
public interface CallMetrics {

    /** What the destination said to a call, as a metric's label. */
    enum Answer {
        ACCEPTED,
        PER_RECORD,
        REFUSED,
        RETRY_LATER,
        UNKNOWN,
        FAILED,
        BROKEN
    }

    /** A call has ended. */
    void called(Answer answer, Duration latency, int records);

    /** Records are going to be sent again. */
    void retrying(int records);

    /** Nobody counts. */
    CallMetrics NONE = new CallMetrics() {
        @Override
        public void called(Answer answer, Duration latency, int records) {}

        @Override
        public void retrying(int records) {}
    };
}
