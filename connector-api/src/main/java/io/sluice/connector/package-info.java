/**
 * The contract between Sluice and the systems it talks to.
 *
 * <p>A connector is a public class with a public no-argument constructor that implements
 * {@link io.sluice.connector.source.SourceConnector} or {@link io.sluice.connector.destination.DestinationConnector}
 * and is named in {@code META-INF/services}. That file is the only registration there is.
 *
 * <p>A connector object is created once per process, holds no state and is called from many threads. A
 * <em>connection</em> (opened from settings) belongs to one user of it at a time unless its type says otherwise, and
 * nothing is called on it after {@code close}. Connectors never retry, never pace and never log record contents: they
 * make one call and report what happened; the engine owns the rest (architecture section 5).
 */
package io.sluice.connector;
