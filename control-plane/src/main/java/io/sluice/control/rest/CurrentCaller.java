package io.sluice.control.rest;

import io.sluice.control.config.BootstrapConfig;
import io.sluice.control.error.ApiException;
import io.sluice.control.error.ErrorCode;
import io.sluice.control.workspace.ApiToken;
import io.sluice.control.workspace.Authorization;
import io.sluice.control.workspace.Caller;
import io.sluice.control.workspace.Workspaces;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;

/** Who sends a request. Workspace keys open workspace resources, the admin's token opens workspace management. */
@ApplicationScoped
public class CurrentCaller {
    private final Workspaces workspaces;
    private final Optional<ApiToken> adminToken;

    public CurrentCaller(Workspaces workspaces, BootstrapConfig bootstrap) {
        this.workspaces = workspaces;
        this.adminToken = bootstrap.adminToken().map(ApiToken::of).filter(token -> !token.isEmpty());
    }

    /**
     * The workspace the request's key opens.
     *
     * @throws ApiException 401 when it opens none
     */
    Caller.WorkspaceKey workspace(HttpHeaders headers) {
        return token(headers)
                .flatMap(workspaces::byKey)
                .map(workspace -> new Caller.WorkspaceKey(workspace.id(), workspace.organizationId()))
                .orElseThrow(CurrentCaller::unauthorized);
    }

    /**
     * The organization whose admin sends the request.
     *
     * @throws ApiException 401 when the token is not the admin's
     */
    Caller.OrganizationAdmin admin(HttpHeaders headers) {
        ApiToken given = token(headers).orElseThrow(CurrentCaller::unauthorized);
        if (adminToken.filter(given::matches).isEmpty()) {
            throw unauthorized();
        }
        return new Caller.OrganizationAdmin(workspaces.firstOrganizationId());
    }

    /**
     * Whoever sends the request.
     *
     * @throws ApiException 401 when nobody has this token
     */
    Caller any(HttpHeaders headers) {
        boolean isAdmin = token(headers)
                .filter(given -> adminToken.filter(given::matches).isPresent())
                .isPresent();
        return isAdmin ? admin(headers) : workspace(headers);
    }

    private static Optional<ApiToken> token(HttpHeaders headers) {
        return Authorization.token(headers.getHeaderString(HttpHeaders.AUTHORIZATION));
    }

    private static ApiException unauthorized() {
        return new ApiException(ErrorCode.UNAUTHORIZED, "The token is missing or unknown");
    }
}
