package io.sluice.connector.source;

/** Takes the rows of one read. */
@FunctionalInterface
public interface RecordSink {

    /**
     * Takes one row; blocks while downstream is slower.
     *
     * @return whether more rows are wanted
     */
    boolean accept(SourceRow row);
}
