/** The engine's side of the connector SPI. */
package io.sluice.connectorruntime;
