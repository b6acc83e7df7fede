/** The SPI of destinations: what objects and fields are there, and one call with one batch, answered per operation. */
package io.sluice.connector.destination;
