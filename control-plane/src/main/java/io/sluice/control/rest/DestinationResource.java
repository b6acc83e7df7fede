package io.sluice.control.rest;

import io.sluice.control.catalog.Catalog;
import io.sluice.control.catalog.Refreshes;
import io.sluice.control.connection.Destination;
import io.sluice.control.connection.DestinationService;
import io.sluice.control.connection.Destinations;
import io.sluice.control.error.ApiException;
import io.sluice.control.page.Page;
import io.sluice.control.page.PageRequest;
import io.sluice.control.rest.ConnectionViews.DestinationView;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Destinations and their objects (census-api 3.6). */
@Path("/api/v1/destinations")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
@Tag(name = "Destinations", description = "Systems records are sent to, with their objects and fields")
public class DestinationResource {
    private final CurrentCaller callers;
    private final Destinations destinations;
    private final DestinationService service;
    private final Catalog catalog;

    public DestinationResource(
            CurrentCaller callers, Destinations destinations, DestinationService service, Catalog catalog) {
        this.callers = callers;
        this.destinations = destinations;
        this.service = service;
        this.catalog = catalog;
    }

    @GET
    @Operation(summary = "List destinations")
    public Envelopes.Collection<DestinationView> list(
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @QueryParam("page") String page,
            @QueryParam("per_page") String perPage,
            @QueryParam("order") String order) {
        long workspaceId = callers.workspace(headers).workspaceId();
        return Envelopes.collection(
                destinations.list(workspaceId, PageRequest.of(page, perPage, order)), this::view, uri);
    }

    @POST
    @ResponseStatus(201)
    @Operation(
            summary = "Make a destination",
            description = "Body: service_connection {name, type, credentials}. The connection is tested first; when the"
                    + " test fails nothing is saved and the answer is 400 with the failed step.")
    public Envelopes.Single<Envelopes.Id> create(@Context HttpHeaders headers, byte[] body) {
        long workspaceId = callers.workspace(headers).workspaceId();
        Destination destination = service.create(workspaceId, JsonBody.form(body));
        return Envelopes.created(new Envelopes.Id(destination.id()));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Get a destination")
    public Envelopes.Single<DestinationView> get(@Context HttpHeaders headers, long id) {
        return Envelopes.success(view(destination(headers, id)));
    }

    @PATCH
    @Path("/{id}")
    @Operation(
            summary = "Change a destination",
            description = "Body: service_connection {name, credentials}. Credentials are merged: keys left out, and"
                    + " empty secrets, stay as they are.")
    public Envelopes.Single<DestinationView> update(@Context HttpHeaders headers, long id, byte[] body) {
        long workspaceId = callers.workspace(headers).workspaceId();
        return Envelopes.updated(view(service.update(workspaceId, id, JsonBody.form(body))));
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Delete a destination", description = "Its syncs go with it; active runs are stopped.")
    public Envelopes.Status delete(@Context HttpHeaders headers, long id) {
        service.delete(callers.workspace(headers).workspaceId(), id);
        return Envelopes.deleted();
    }

    @POST
    @Path("/{id}/test")
    @Operation(
            summary = "Test a destination",
            description = "Tests the saved credentials step by step. The answer is 200 also when a step fails: see"
                    + " last_test_results.")
    public Envelopes.Single<DestinationView> test(@Context HttpHeaders headers, long id) {
        return Envelopes.success(view(service.test(callers.workspace(headers).workspaceId(), id)));
    }

    @GET
    @Path("/{id}/objects")
    @Operation(
            summary = "List the objects of a destination",
            description = "With their fields, cached until refreshed.")
    public Envelopes.Collection<DestinationObjectViews.View> objects(
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            long id,
            @QueryParam("page") String page,
            @QueryParam("per_page") String perPage) {
        Destination destination = destination(headers, id);
        return Envelopes.collection(
                Page.of(catalog.objects(destination), PageRequest.of(page, perPage, "asc")),
                item -> DestinationObjectViews.View.of(item.object()),
                uri);
    }

    @GET
    @Path("/{id}/objects/{fullName}")
    @Operation(summary = "Get an object of a destination")
    public Envelopes.Single<DestinationObjectViews.View> object(
            @Context HttpHeaders headers, long id, String fullName) {
        return catalog.object(destination(headers, id), fullName, known -> true)
                .map(item -> Envelopes.success(DestinationObjectViews.View.of(item.object())))
                .orElseThrow(() -> ApiException.notFound("destination object", fullName));
    }

    @POST
    @Path("/{id}/refresh_objects")
    @Operation(summary = "Read the objects of a destination again", description = "Answers a key at once.")
    public Envelopes.RefreshKey refreshObjects(@Context HttpHeaders headers, long id) {
        return new Envelopes.RefreshKey(catalog.startRefreshObjects(destination(headers, id)));
    }

    @GET
    @Path("/{id}/refresh_objects_status")
    @Operation(
            summary = "How the refresh of the objects is going",
            description = "processing or completed; without refresh_key the latest refresh")
    public Envelopes.Status refreshObjectsStatus(
            @Context HttpHeaders headers, long id, @QueryParam("refresh_key") String key) {
        Destination destination = destination(headers, id);
        return RefreshAnswers.status(catalog, Refreshes.Kind.DESTINATION_OBJECTS, destination.id(), key);
    }

    @POST
    @Path("/{id}/objects/{fullName}/refresh_fields")
    @Operation(summary = "Read the fields of an object again", description = "Answers a key at once.")
    public Envelopes.RefreshKey refreshFields(@Context HttpHeaders headers, long id, String fullName) {
        Destination destination = destination(headers, id);
        if (catalog.object(destination, fullName, known -> true).isEmpty()) {
            throw ApiException.notFound("destination object", fullName);
        }
        return new Envelopes.RefreshKey(catalog.startRefreshObjects(destination));
    }

    @GET
    @Path("/{id}/objects/{fullName}/refresh_fields_status")
    @Operation(summary = "How the refresh of an object's fields is going", description = "processing or completed")
    public Envelopes.Status refreshFieldsStatus(
            @Context HttpHeaders headers, long id, String fullName, @QueryParam("refresh_key") String key) {
        return refreshObjectsStatus(headers, id, key);
    }

    private Destination destination(HttpHeaders headers, long id) {
        return service.get(callers.workspace(headers).workspaceId(), id);
    }

    private DestinationView view(Destination destination) {
        return DestinationView.of(destination, catalog.knownObjects(destination));
    }
}
