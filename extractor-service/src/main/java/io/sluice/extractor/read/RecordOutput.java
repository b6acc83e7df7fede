package io.sluice.extractor.read;

import io.sluice.contract.SourceRecordsEvent;
import java.util.function.BooleanSupplier;

/** Where an extraction publishes. Keeps the order of events within a partition. */
public interface RecordOutput {

    /** Hands over an event; blocks while the broker is slower. Failures surface at {@link #flush}. */
    void send(long syncId, int partition, SourceRecordsEvent event);

    /**
     * Hands over a message of rows.
     *
     * @param work what comparing its rows costs, as {@link Headway} counts
     */
    void sendRows(long syncId, int partition, SourceRecordsEvent rows, long work);

    /**
     * Blocks while what was sent and is not compared yet is too much.
     *
     * @param wanted asked now and then: whether the run still wants rows
     */
    void keepPace(BooleanSupplier wanted);

    /**
     * Waits until everything sent is stored.
     *
     * @throws OutputFailed when anything sent since the last flush was not
     */
    void flush();

    /** Rows read so far, for the progress shown to people. */
    void progress(long syncRunId, long records);

    /** Kafka did not take what was sent, or does not give what is needed: the attempt is void, a new one is due. */
    final class OutputFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public OutputFailed(Throwable cause) {
            super("Kafka cannot be used now: " + cause.getMessage(), cause);
        }
    }
}
