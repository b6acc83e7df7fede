/**
 * The reference pages of docs/reference, drawn from the sources so that they cannot lie. Sources are read with the JDK's
 * own compiler API; nothing is compiled or run.
 */
package io.sluice.configdocs;
