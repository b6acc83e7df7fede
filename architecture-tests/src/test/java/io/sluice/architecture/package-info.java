/**
 * The house rules of ARCHITECTURE.md and CONTRIBUTING.md as tests, over every module that the root pom lists. A rule that
 * does not fit is changed here, with an ADR, and never silenced for one class.
 */
package io.sluice.architecture;
