package io.sluice.control.records;

import io.sluice.control.catalog.SourceItems;
import io.sluice.control.sync.Sync;
import io.sluice.control.sync.SyncDefinition;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Port to the tracking service. Thread-safe; calls block. Every call may end with an
 * {@link io.sluice.control.error.ApiException} that says that the service or its bucket does not answer.
 */
public interface Tracking {

    /**
     * A run and where it is tracked.
     *
     * @param bucketId the customer's bucket; empty for the platform's storage
     */
    record RunAddress(long organizationId, long syncId, long runId, OptionalLong bucketId) {}

    /**
     * What must not be shown.
     *
     * @param columns the payload's columns whose values are hidden
     * @param identifier whether the primary identifier is one of them
     */
    record Mask(Set<String> columns, boolean identifier) {
        public Mask {
            columns = Set.copyOf(columns);
        }

        /** What is personal of the records of a sync. */
        public static Mask of(Sync sync, SourceItems items) {
            Set<String> columns = new HashSet<>(items.piiColumns(sync.source().id()));
            SyncDefinition definition = sync.definition();
            boolean partOfTheKey = definition
                    .compoundKey()
                    .filter(key -> key.columns().stream().anyMatch(columns::contains))
                    .isPresent();
            if (partOfTheKey) {
                columns.add(definition.identifierColumn());
            }
            return new Mask(columns, columns.contains(definition.identifierColumn()));
        }

        /** Whether nothing is hidden. */
        public boolean isEmpty() {
            return columns.isEmpty() && !identifier;
        }
    }

    /**
     * What happened to one source row.
     *
     * @param payload the source row as JSON text; empty when there is none
     * @param message the destination's reason or note
     */
    record TrackedRecord(
            Optional<String> identifier,
            String payload,
            String operation,
            String status,
            Optional<String> message,
            Optional<Instant> batchStartedAt,
            Optional<Instant> batchCompletedAt) {}

    /** A part of the records and how many there are in all. */
    record Records(long total, List<TrackedRecord> list) {
        public Records {
            list = List.copyOf(list);
        }
    }

    /** A file of a run; the address is empty where the bucket gives none. */
    record TrackedFile(String name, Optional<URI> url) {}

    /** What happened to a record in a run. */
    record Event(long runId, TrackedRecord record) {}

    /** A stream of content; the caller closes it. */
    record Content(String mediaType, OptionalLong length, InputStream stream) {}

    /** Records {@code offset} to {@code offset + limit - 1}. */
    Records records(RunAddress run, RecordFilter filter, Mask mask, long offset, int limit);

    /** How many records there are. */
    long count(RunAddress run, RecordFilter filter);

    /** The Parquet files written so far. */
    List<TrackedFile> files(RunAddress run, Duration urlLifetime);

    /** A Parquet file, rewritten when something must be hidden; empty when there is none of that name. */
    Optional<Content> file(RunAddress run, String name, Mask mask);

    /** All records that pass, as one file. */
    Content download(RunAddress run, RecordFilter filter, Mask mask, String format);

    /** The record's events in the order of the runs, all runs being of one sync. */
    List<Event> history(List<RunAddress> runs, String identifier, Mask mask, int rowsPerRun);
}
