/** Peers that misbehave: a proxy that breaks connections, and an HTTP server that answers by script. */
package io.sluice.testsupport.fault;
