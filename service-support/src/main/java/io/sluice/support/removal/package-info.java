/** The rule that too much is not removed at once, for the stages that hold it. */
package io.sluice.support.removal;
