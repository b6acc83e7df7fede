package io.sluice.connector.source;

/**
 * One row of a source object.
 *
 * <p>The payload is a compact JSON object in UTF-8 with the requested columns as keys, in the order requested
 * (alphabetical), nulls included (TRK-7). Values follow {@code docs/reference/json-form.md}: the same row always gives
 * the same bytes, because the bytes are what is fingerprinted. The array belongs to the receiver.
 *
 * @param identifier the identifier's text form, or null when it is NULL in the source
 * @param payload the row as JSON
 * @param duplicate whether another row of this read has the same identifier
 */
@SuppressWarnings("ArrayRecordComponent") // a hot path: one row, no copy; ownership passes to the receiver
public record SourceRow(String identifier, byte[] payload, boolean duplicate) {}
