/** Commands in, records out. */
package io.sluice.extractor.kafka;
