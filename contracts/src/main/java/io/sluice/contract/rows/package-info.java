/** How rows are packed into the bytes of a {@link io.sluice.contract.RecordBatch}. */
package io.sluice.contract.rows;
