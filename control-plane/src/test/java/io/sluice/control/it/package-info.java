/** The application as a whole, on a real PostgreSQL, Kafka and registry. */
package io.sluice.control.it;
