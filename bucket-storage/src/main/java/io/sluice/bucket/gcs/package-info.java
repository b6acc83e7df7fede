/** Buckets in Google Cloud Storage (BKT-6). */
package io.sluice.bucket.gcs;
