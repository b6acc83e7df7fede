/**
 * The diff of one partition, as plain code: classify each record against the accepted state, plan operations, move the
 * state forward by outcomes. No Kafka, no Quarkus; state and output are interfaces.
 */
package io.sluice.differ.diff;
