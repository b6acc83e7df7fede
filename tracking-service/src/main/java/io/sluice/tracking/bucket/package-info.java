/**
 * Where runs are tracked: the platform's own storage, or a customer's bucket with a spool before it, so that a bucket that
 * cannot be reached delays only its own files (BKT, TRK-11, TRK-12). What is old on the platform's storage is removed.
 */
package io.sluice.tracking.bucket;
