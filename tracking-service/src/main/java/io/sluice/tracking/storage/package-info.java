/** Where tracking files live: one small interface, a local folder behind it. JDK only. */
package io.sluice.tracking.storage;
