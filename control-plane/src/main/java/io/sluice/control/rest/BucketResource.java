package io.sluice.control.rest;

import io.sluice.bucket.store.StoreType;
import io.sluice.control.bucket.Bucket;
import io.sluice.control.bucket.BucketOwner;
import io.sluice.control.bucket.BucketService;
import io.sluice.control.bucket.Buckets;
import io.sluice.control.page.Page;
import io.sluice.control.page.PageRequest;
import io.sluice.control.workspace.Caller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Buckets for sync tracking: an extension of the API (docs/guides/buckets.md). */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
@Tag(
        name = "Buckets",
        description = "Where sync tracking is written. A workspace's key manages the workspace's buckets, the"
                + " organization admin's token those of the whole organization; a workspace's bucket wins")
public class BucketResource {
    private final CurrentCaller callers;
    private final Buckets buckets;
    private final BucketService service;

    public BucketResource(CurrentCaller callers, Buckets buckets, BucketService service) {
        this.callers = callers;
        this.buckets = buckets;
        this.service = service;
    }

    @GET
    @Path("/bucket_types")
    @Operation(
            summary = "List the kinds of buckets",
            description =
                    "With the form each one needs, and the external id that the trust policy of a role must ask for.")
    public Envelopes.Collection<BucketViews.Type> types(@Context HttpHeaders headers, @Context UriInfo uri) {
        String externalId = buckets.externalId(owner(headers).organizationId());
        return Envelopes.collection(
                Page.of(List.of(StoreType.values()), PageRequest.of(null, null, null)),
                type -> BucketViews.Type.of(type, externalId),
                uri);
    }

    @GET
    @Path("/buckets")
    @Operation(
            summary = "List buckets",
            description = "Those of the workspace and of its organization; with the admin's token only the latter.")
    public Envelopes.Collection<BucketViews.View> list(
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @QueryParam("page") String page,
            @QueryParam("per_page") String perPage,
            @QueryParam("order") String order) {
        return Envelopes.collection(
                buckets.list(owner(headers), PageRequest.of(page, perPage, order)), BucketViews.View::of, uri);
    }

    @POST
    @Path("/buckets")
    @ResponseStatus(201)
    @Operation(
            summary = "Make a bucket",
            description = "Body: name, type (see /bucket_types), scope (workspace, or organization with the admin's"
                    + " token), credentials. A probe object is written, read, listed and deleted first; when that fails"
                    + " nothing is saved and the answer is 400 with the failed step and the missing permission. New runs"
                    + " are tracked in it; earlier ones stay where they are.")
    public Envelopes.Single<Envelopes.Id> create(@Context HttpHeaders headers, byte[] body) {
        Bucket bucket = service.create(owner(headers), JsonBody.form(body));
        return Envelopes.created(new Envelopes.Id(bucket.id()));
    }

    @GET
    @Path("/buckets/{id}")
    @Operation(summary = "Get a bucket")
    public Envelopes.Single<BucketViews.View> get(@Context HttpHeaders headers, long id) {
        return Envelopes.success(BucketViews.View.of(service.get(owner(headers), id)));
    }

    @PATCH
    @Path("/buckets/{id}")
    @Operation(
            summary = "Change a bucket",
            description =
                    "Body: name, credentials. Credentials are merged: keys left out, and empty secrets, stay as they"
                            + " are. Where the bucket is cannot change: make a new one.")
    public Envelopes.Single<BucketViews.View> update(@Context HttpHeaders headers, long id, byte[] body) {
        return Envelopes.updated(BucketViews.View.of(service.update(owner(headers), id, JsonBody.form(body))));
    }

    @DELETE
    @Path("/buckets/{id}")
    @Operation(
            summary = "Forget a bucket",
            description =
                    "Nothing in it is touched. Runs that are not over write their remaining files to the platform's"
                            + " storage; records of runs in this bucket are no longer found by Sluice.")
    public Envelopes.Status delete(@Context HttpHeaders headers, long id) {
        service.delete(owner(headers), id);
        return Envelopes.deleted();
    }

    @POST
    @Path("/buckets/{id}/test")
    @Operation(
            summary = "Test a bucket",
            description =
                    "Writes, reads, lists and deletes a probe object. The answer is 200 also when a step fails: see"
                            + " last_test_results, which name the missing permission.")
    public Envelopes.Single<BucketViews.View> test(@Context HttpHeaders headers, long id) {
        return Envelopes.success(BucketViews.View.of(service.test(owner(headers), id)));
    }

    private BucketOwner owner(HttpHeaders headers) {
        return switch (callers.any(headers)) {
            case Caller.WorkspaceKey key -> new BucketOwner(key.organizationId(), Optional.of(key.workspaceId()));
            case Caller.OrganizationAdmin admin -> new BucketOwner(admin.organizationId(), Optional.empty());
        };
    }
}
