/** When to try again, and how to wait: no clock and no randomness of its own, so that tests are instant. */
package io.sluice.loader.retry;
