/** Questions to the files of runs: count, page, search, stream (TRK-2 to TRK-4, TRK-10). Plain Java over a bucket. */
package io.sluice.tracking.query;
