/**
 * From PostgreSQL's binary tuples straight to compact JSON bytes, without an object per value. The form of every type is
 * written down in {@code docs/reference/json-form.md}. This is the hottest loop of the product; everything here is
 * single-threaded and reuses its buffer.
 */
package io.sluice.connector.source.postgres.json;
