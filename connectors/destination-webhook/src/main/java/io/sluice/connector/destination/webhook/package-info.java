/** Destination {@code webhook}: records as JSON to any HTTP server (destinations.md, card 1). */
package io.sluice.connector.destination.webhook;
