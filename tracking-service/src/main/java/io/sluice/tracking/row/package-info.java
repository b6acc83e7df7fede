/** What one tracked row is: the values of the columns of a tracking file (spec section 15.3). No Kafka, no Parquet. */
package io.sluice.tracking.row;
