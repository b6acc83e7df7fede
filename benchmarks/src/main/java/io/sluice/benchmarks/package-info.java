/** Measures Sluice against the plain roads on the same machine, in one go. Run by hand: {@code ./sluice benchmark}. */
package io.sluice.benchmarks;
