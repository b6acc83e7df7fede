/** What is deployed is tested like code: rendered, typed, and held against the configuration the services really have. */
package io.sluice.deploy;
