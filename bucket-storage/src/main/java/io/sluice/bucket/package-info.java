/** Buckets: one small interface for whole objects under keys, and what is behind it. Knows nothing of what is stored. */
package io.sluice.bucket;
