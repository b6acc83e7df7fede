/**
 * Which rows go into which file, and what is promised about it before a byte is written: a pure state machine per partition
 * of the outcomes topic (docs/adr/0030). No Kafka, no files, no clock of its own.
 */
package io.sluice.tracking.ledger;
