/** Which source column, constant or run fact goes to which destination field. JDK types only. */
package io.sluice.mapping;
