/** The bytes of the differ's stores: compact, ordered keys; no Kafka, no Quarkus. */
package io.sluice.differ.state;
