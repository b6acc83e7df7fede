/** What an orchestrator asks. */
package io.sluice.control.health;
