/** Talks to the workers: sends the outbox, reads run events (architecture section 4). */
package io.sluice.control.kafka;
