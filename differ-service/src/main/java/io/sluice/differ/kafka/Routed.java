package io.sluice.differ.kafka;

import org.apache.avro.specific.SpecificRecord;

/**
 * A value and where it goes.
 *
 * @param topic the topic
 * @param partition the partition, or -1 for the one of the key
 * @param value the record; null for a tombstone
 */
record Routed(String topic, int partition, SpecificRecord value) {}
