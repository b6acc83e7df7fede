/** The service's settings. */
package io.sluice.tracking.config;
