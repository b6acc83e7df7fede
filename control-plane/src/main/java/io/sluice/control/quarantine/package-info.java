/** Records that the destination keeps rejecting: the list of them, and releasing them (docs/adr/0200). */
package io.sluice.control.quarantine;
