/** Rows of a run as a file for people: CSV, JSON Lines, Parquet; with columns masked (TRK-4, HIS-9). */
package io.sluice.tracking.export;
