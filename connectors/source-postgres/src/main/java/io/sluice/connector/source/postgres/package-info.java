/**
 * Reads PostgreSQL: a binary COPY out of one REPEATABLE READ, READ ONLY transaction, with every duplicated identifier
 * marked by the database itself, so that memory here depends on neither rows nor duplicates.
 */
package io.sluice.connector.source.postgres;
