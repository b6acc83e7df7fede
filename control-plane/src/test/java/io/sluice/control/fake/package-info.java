/** A source and a destination that live in memory and fail on command. */
package io.sluice.control.fake;
