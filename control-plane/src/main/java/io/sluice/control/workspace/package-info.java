/** Organizations, workspaces and the tokens that open them (ORG-1, API-1). */
package io.sluice.control.workspace;
