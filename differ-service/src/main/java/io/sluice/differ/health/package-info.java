/** What the orchestrator asks. */
package io.sluice.differ.health;
