/**
 * The contract of connectors, as JUnit suites.
 *
 * <p>A connector's test is one class that extends
 * {@link io.sluice.testkit.destination.DestinationConnectorContract} or
 * {@link io.sluice.testkit.source.SourceConnectorContract} and gives a fixture: how to start the other system and how to
 * look inside it without the connector. What the connector claims is checked; what it denies must fail as the SPI
 * documents.
 */
package io.sluice.testkit;
