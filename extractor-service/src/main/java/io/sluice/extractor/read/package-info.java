/** Rows of a source become batches per partition, fingerprinted. Plain code; the output is an interface. */
package io.sluice.extractor.read;
