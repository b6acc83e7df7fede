package io.sluice.control.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.sluice.control.error.ApiException;
import io.sluice.control.error.ErrorCode;
import io.sluice.control.form.FormReader;
import io.sluice.control.page.PageRequest;
import io.sluice.control.workspace.ApiToken;
import io.sluice.control.workspace.Caller;
import io.sluice.control.workspace.Workspace;
import io.sluice.control.workspace.Workspaces;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Workspaces (census-api 3.8). */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
@Tag(name = "Workspaces", description = "The workspace of a key; workspaces of the organization (admin token)")
public class WorkspaceResource {
    private final CurrentCaller callers;
    private final Workspaces workspaces;
    private final SecureRandom random = new SecureRandom();

    public WorkspaceResource(CurrentCaller callers, Workspaces workspaces) {
        this.callers = callers;
        this.workspaces = workspaces;
    }

    /** A workspace as the API shows it. */
    @Schema(name = "Workspace")
    record View(
            long id,
            String name,
            @JsonProperty("organization_id") long organizationId,
            @JsonProperty("created_at") String createdAt,
            @JsonProperty("notification_emails") List<String> notificationEmails,
            @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("api_key") String apiKey) {

        static View of(Workspace workspace) {
            return of(workspace, null);
        }

        static View of(Workspace workspace, String apiKey) {
            return new View(
                    workspace.id(),
                    workspace.name(),
                    workspace.organizationId(),
                    Timestamps.text(workspace.createdAt()),
                    workspace.notificationEmails(),
                    apiKey);
        }
    }

    /** A workspace's API key. */
    @Schema(name = "WorkspaceApiKey")
    record KeyView(@JsonProperty("api_key") String apiKey) {}

    @GET
    @Path("/workspace")
    @Operation(summary = "Workspace of the key", description = "The workspace that the API key of this request opens.")
    public Envelopes.Single<View> own(@Context HttpHeaders headers) {
        long id = callers.workspace(headers).workspaceId();
        return Envelopes.success(
                View.of(workspaces.byId(id).orElseThrow(() -> ApiException.notFound("workspace", id))));
    }

    @GET
    @Path("/workspaces")
    @Operation(summary = "List workspaces", description = "Needs the organization admin's token.")
    public Envelopes.Collection<View> list(
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @QueryParam("page") String page,
            @QueryParam("per_page") String perPage,
            @QueryParam("order") String order) {
        Caller.OrganizationAdmin admin = callers.admin(headers);
        return Envelopes.collection(
                workspaces.list(admin.organizationId(), PageRequest.of(page, perPage, order)), View::of, uri);
    }

    @POST
    @Path("/workspaces")
    @ResponseStatus(201)
    @Operation(
            summary = "Make a workspace",
            description = "Needs the organization admin's token. Body: name (required), notification_emails,"
                    + " return_workspace_api_key.")
    public Envelopes.Single<View> create(@Context HttpHeaders headers, byte[] body) {
        Caller.OrganizationAdmin admin = callers.admin(headers);
        FormReader form = JsonBody.form(body);
        Optional<String> name = form.requiredText("name");
        List<String> emails = form.texts("notification_emails");
        boolean showKey = form.flag("return_workspace_api_key").orElse(false);
        form.problems().throwIfAny();
        ApiToken key = ApiToken.generate(random);
        Workspace workspace = workspaces
                .create(admin.organizationId(), name.orElseThrow(), emails, key)
                .orElseThrow(() -> new ApiException(
                        ErrorCode.NAME_TAKEN,
                        "name",
                        "The organization already has a workspace named '" + name.get() + "'"));
        return Envelopes.success(View.of(workspace, showKey ? key.reveal() : null));
    }

    @GET
    @Path("/workspaces/{id}")
    @Operation(summary = "Get a workspace", description = "Needs the organization admin's token.")
    public Envelopes.Single<View> get(@Context HttpHeaders headers, long id) {
        Caller.OrganizationAdmin admin = callers.admin(headers);
        return Envelopes.success(View.of(
                workspaces.find(admin.organizationId(), id).orElseThrow(() -> ApiException.notFound("workspace", id))));
    }

    @GET
    @Path("/workspaces/{id}/api_key")
    @Operation(summary = "Read a workspace's API key", description = "Needs the organization admin's token.")
    public KeyView key(@Context HttpHeaders headers, long id) {
        Caller.OrganizationAdmin admin = callers.admin(headers);
        return new KeyView(workspaces
                .key(admin.organizationId(), id)
                .orElseThrow(() -> ApiException.notFound("workspace", id))
                .reveal());
    }
}
