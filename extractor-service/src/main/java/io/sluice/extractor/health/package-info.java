/** What the orchestrator asks. */
package io.sluice.extractor.health;
