/** What became of operations: counted, and written as outcome messages. */
package io.sluice.loader.outcome;
