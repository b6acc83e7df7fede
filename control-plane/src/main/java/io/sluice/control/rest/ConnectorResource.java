package io.sluice.control.rest;

import io.sluice.connector.destination.DestinationConnector;
import io.sluice.connector.source.SourceConnector;
import io.sluice.connectorruntime.ConnectorCatalog;
import io.sluice.control.error.ApiException;
import io.sluice.control.page.Page;
import io.sluice.control.page.PageRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What can be connected (census-api 3.3, 3.6): drawn from the connectors' own descriptions. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
@Tag(name = "Connector types", description = "Kinds of sources and destinations, with the form each one needs")
public class ConnectorResource {
    private final CurrentCaller callers;
    private final ConnectorCatalog connectors;

    public ConnectorResource(CurrentCaller callers, ConnectorCatalog connectors) {
        this.callers = callers;
        this.connectors = connectors;
    }

    @GET
    @Path("/source_types")
    @Operation(summary = "List source types", description = "All of them on one page.")
    public Envelopes.Collection<ConnectorViews.SourceType> sourceTypes(
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @QueryParam("page") String page,
            @QueryParam("per_page") String perPage,
            @QueryParam("order") String order) {
        callers.workspace(headers);
        List<SourceConnector> all = List.copyOf(connectors.sources());
        // Old clients read the first page only, so it holds everything unless the caller asks for less.
        PageRequest request = PageRequest.of(page, perPage == null ? "100" : perPage, order);
        return Envelopes.collection(Page.of(all, request), ConnectorViews.SourceType::of, uri);
    }

    @GET
    @Path("/source_types/{name}")
    @Operation(summary = "Get a source type")
    public Envelopes.Single<ConnectorViews.SourceType> sourceType(@Context HttpHeaders headers, String name) {
        callers.workspace(headers);
        return Envelopes.success(ConnectorViews.SourceType.of(
                connectors.source(name).orElseThrow(() -> ApiException.notFound("source type", name))));
    }

    @GET
    @Path("/connectors")
    @Operation(summary = "List destination types")
    public Envelopes.Collection<ConnectorViews.DestinationType> destinationTypes(
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            @QueryParam("page") String page,
            @QueryParam("per_page") String perPage,
            @QueryParam("order") String order) {
        callers.workspace(headers);
        List<DestinationConnector> all = List.copyOf(connectors.destinations());
        PageRequest request = PageRequest.of(page, perPage == null ? "100" : perPage, order);
        return Envelopes.collection(Page.of(all, request), ConnectorViews.DestinationType::of, uri);
    }

    @GET
    @Path("/connectors/{name}")
    @Operation(summary = "Get a destination type")
    public Envelopes.Single<ConnectorViews.DestinationType> destinationType(@Context HttpHeaders headers, String name) {
        callers.workspace(headers);
        return Envelopes.success(ConnectorViews.DestinationType.of(
                connectors.destination(name).orElseThrow(() -> ApiException.notFound("connector", name))));
    }
}
