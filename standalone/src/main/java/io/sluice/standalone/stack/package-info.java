/**
 * The stack on one machine: its data folder, its ports and secrets, the parts and the five services as child processes,
 * their order of starting and stopping, and the watch over them.
 */
package io.sluice.standalone.stack;
