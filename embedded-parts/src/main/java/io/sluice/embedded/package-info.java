/**
 * Real parts on one machine without Docker: a Kafka broker, a PostgreSQL server and an Apicurio Registry, each as a
 * child process of this JVM. Used by {@code ./sluice up} and by tests; plain Java, no framework.
 *
 * <p>A child never outlives its parent: it gets a signal from the kernel when the parent dies (Linux), and what a
 * harder accident leaves behind is found by its pid file and ended on the next start.
 */
package io.sluice.embedded;
