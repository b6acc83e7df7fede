/** Pacing of destination calls. */
package io.sluice.loader.rate;
