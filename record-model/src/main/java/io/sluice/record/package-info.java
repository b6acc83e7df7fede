/** What one record is: its values, its payload's fingerprint, and why a record may be invalid. JDK types only. */
package io.sluice.record;
