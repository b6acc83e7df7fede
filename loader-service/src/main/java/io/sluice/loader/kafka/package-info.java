/** The loader's edge to Kafka: lanes, their partitions' workers, transactions, cancellations, progress. */
package io.sluice.loader.kafka;
