/** What a sync is: source object, destination object, behavior, field mappings, schedule; and the rules it must keep. */
package io.sluice.control.sync;
