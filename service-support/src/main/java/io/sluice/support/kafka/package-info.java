/** Kafka clients with Avro, the compacted topics every worker reads, partitioning, and where poison messages go. */
package io.sluice.support.kafka;
