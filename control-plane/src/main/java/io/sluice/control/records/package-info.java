/** Questions about the records of runs: the rules here, the answers from the tracking service (spec 14, 15; TRK-10). */
package io.sluice.control.records;
