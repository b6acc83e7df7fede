/** From operations to what a destination call holds: which columns are read, and which records go together. */
package io.sluice.loader.batch;
