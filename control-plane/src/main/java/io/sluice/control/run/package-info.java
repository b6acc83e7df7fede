/** Sync runs: their states, their counters, what makes one a full sync, and how stages' reports become a verdict. */
package io.sluice.control.run;
