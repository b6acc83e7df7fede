package io.sluice.control.workspace;

/** Who sends a request. */
public sealed interface Caller {

    /** Holder of a workspace API key: sees exactly that workspace. */
    record WorkspaceKey(long workspaceId, long organizationId) implements Caller {}

    /** Holder of the organization admin's personal access token: manages workspaces, never their contents. */
    record OrganizationAdmin(long organizationId) implements Caller {}
}
