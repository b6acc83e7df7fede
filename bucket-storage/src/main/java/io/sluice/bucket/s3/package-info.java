/** Buckets in Amazon S3 and in servers that speak its protocol (BKT-4, BKT-10). */
package io.sluice.bucket.s3;
