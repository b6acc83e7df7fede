/** What a user may choose (behavior, state mode) and what must be done to one record (operation). JDK types only. */
package io.sluice.operation;
