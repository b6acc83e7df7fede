/** A sync run as a loader sees it: its bracket in each partition, its plan, its failure, its end. No Kafka. */
package io.sluice.loader.run;
