/** Containers in Azure Blob Storage (BKT-7). */
package io.sluice.bucket.azure;
