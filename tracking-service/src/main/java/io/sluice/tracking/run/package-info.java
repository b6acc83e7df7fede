/** A run's folder in the bucket: its path, metadata.json and the numbers of its files (spec 15.2, 15.4). */
package io.sluice.tracking.run;
