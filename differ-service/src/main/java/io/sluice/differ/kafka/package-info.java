/** The differ on Kafka Streams: topics in, topics out, RocksDB beneath. Nothing is decided here. */
package io.sluice.differ.kafka;
