/** What crosses Kafka: the topic catalogue, and beside it the message classes generated from src/main/avro. */
package io.sluice.contract;
