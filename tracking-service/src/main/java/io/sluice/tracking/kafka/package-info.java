/** The outcomes topic in, run events and committed offsets out; puts the service together. */
package io.sluice.tracking.kafka;
