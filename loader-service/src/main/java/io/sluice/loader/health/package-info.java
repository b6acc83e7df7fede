/** Health checks and metrics. */
package io.sluice.loader.health;
