/** Health checks and metrics. */
package io.sluice.tracking.health;
