/** What control plane and differ share about records that were released from quarantine. */
package io.sluice.support.quarantine;
