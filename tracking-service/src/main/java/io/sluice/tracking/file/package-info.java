/** Parquet: rows in, the bytes of one tracking file out (spec sections 15.2 and 15.3, docs/adr/0030). */
package io.sluice.tracking.file;
