/**
 * Works one partition of the outcomes topic through its ledger: opens runs, makes cuts step by step, goes on after any
 * failure. The outside world (offsets, bucket, run events) is behind three ports; a crash is possible between any two calls.
 */
package io.sluice.tracking.partition;
