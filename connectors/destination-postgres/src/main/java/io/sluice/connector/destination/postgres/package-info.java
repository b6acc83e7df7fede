/** Destination {@code postgres}: set-based writes to PostgreSQL tables (destinations.md, card 4). */
package io.sluice.connector.destination.postgres;
