/** The contract of destinations: what each claim, each operation and each answer must mean. */
package io.sluice.testkit.destination;
