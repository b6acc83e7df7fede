package io.sluice.control.workspace;

import io.sluice.control.page.Page;
import io.sluice.control.page.PageRequest;
import java.util.List;
import java.util.Optional;

/** Where organizations, workspaces and their keys are kept. Every method is one transaction. */
public interface Workspaces {

    /** Makes the first organization and workspace if there are none, and adds the key to it unless it is known already. */
    void bootstrap(Optional<ApiToken> workspaceKey);

    /** The first organization: the one the installation's admin token belongs to. */
    long firstOrganizationId();

    /** The workspace a key opens. */
    Optional<Workspace> byKey(ApiToken token);

    /** A workspace, whichever organization it belongs to. */
    Optional<Workspace> byId(long workspaceId);

    /** A workspace of an organization. */
    Optional<Workspace> find(long organizationId, long workspaceId);

    /** The workspaces of an organization. */
    Page<Workspace> list(long organizationId, PageRequest page);

    /**
     * Makes a workspace with a key.
     *
     * @return empty when the organization already has a workspace of that name
     */
    Optional<Workspace> create(long organizationId, String name, List<String> notificationEmails, ApiToken key);

    /** The newest key of a workspace. */
    Optional<ApiToken> key(long organizationId, long workspaceId);
}
