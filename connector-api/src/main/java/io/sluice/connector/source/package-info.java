/** The SPI of sources: what objects are there, what columns they have, and their rows as one consistent stream. */
package io.sluice.connector.source;
