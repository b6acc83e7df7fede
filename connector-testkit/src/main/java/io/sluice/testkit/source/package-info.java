/** The contract of sources: discovery, connection test, payloads, identifiers and streaming. */
package io.sluice.testkit.source;
