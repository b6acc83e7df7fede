package io.sluice.control.rest;

import io.sluice.connector.source.SourceQuery;
import io.sluice.control.catalog.Catalog;
import io.sluice.control.catalog.Refreshes;
import io.sluice.control.catalog.SourceItem;
import io.sluice.control.catalog.SourceItems;
import io.sluice.control.connection.Source;
import io.sluice.control.connection.SourceService;
import io.sluice.control.error.ApiException;
import io.sluice.control.error.ErrorCode;
import io.sluice.control.form.FormReader;
import io.sluice.control.page.PageRequest;
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
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** SQL models of a source (census-api 3.4, SRC-1). */
@Path("/api/v1/sources/{id}/models")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
@Tag(name = "Models", description = "SQL queries with a name; a sync can read one like a table")
public class ModelResource {
    private final CurrentCaller callers;
    private final SourceService sources;
    private final SourceItems items;
    private final Catalog catalog;

    public ModelResource(CurrentCaller callers, SourceService sources, SourceItems items, Catalog catalog) {
        this.callers = callers;
        this.sources = sources;
        this.items = items;
        this.catalog = catalog;
    }

    @GET
    @Operation(summary = "List models")
    public Envelopes.Collection<SourceItemViews.Model> list(
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            long id,
            @QueryParam("page") String page,
            @QueryParam("per_page") String perPage,
            @QueryParam("order") String order) {
        Source source = source(headers, id);
        return Envelopes.collection(
                items.models(source.id(), PageRequest.of(page, perPage, order)), SourceItemViews.Model::of, uri);
    }

    @POST
    @ResponseStatus(201)
    @Operation(
            summary = "Make a model",
            description = "Body: name, query (one SELECT), description. The query is checked against the source.")
    public Envelopes.Single<Envelopes.Id> create(@Context HttpHeaders headers, long id, byte[] body) {
        Source source = source(headers, id);
        FormReader form = JsonBody.form(body);
        Optional<String> name = form.requiredText("name");
        Optional<String> query = form.requiredText("query");
        Optional<String> description = form.text("description");
        form.problems().throwIfAny();
        String sql = query(query.orElseThrow());
        SourceItem.Columns columns = catalog.columns(source, new SourceQuery.Sql(sql));
        SourceItem.Model model = items.createModel(source.id(), name.orElseThrow(), description, sql, columns)
                .orElseThrow(() -> nameTaken(name.get()));
        return Envelopes.created(new Envelopes.Id(model.id()));
    }

    @GET
    @Path("/{modelId}")
    @Operation(summary = "Get a model")
    public Envelopes.Single<SourceItemViews.Model> get(@Context HttpHeaders headers, long id, long modelId) {
        return Envelopes.success(SourceItemViews.Model.of(model(source(headers, id), modelId)));
    }

    @PATCH
    @Path("/{modelId}")
    @Operation(summary = "Change a model", description = "Body: any of name, query, description.")
    public Envelopes.Single<SourceItemViews.Model> update(
            @Context HttpHeaders headers, long id, long modelId, byte[] body) {
        Source source = source(headers, id);
        SourceItem.Model model = model(source, modelId);
        FormReader form = JsonBody.form(body);
        Optional<String> name = form.text("name");
        Optional<String> query = form.text("query").map(ModelResource::query);
        Optional<String> description = form.has("description") ? form.text("description") : model.description();
        form.problems().throwIfAny();
        Optional<SourceItem.Columns> columns = query.isPresent()
                ? Optional.of(catalog.columns(source, new SourceQuery.Sql(query.get())))
                : model.columns();
        SourceItem.Model changed = new SourceItem.Model(
                model.id(),
                model.sourceId(),
                name.orElse(model.name()),
                description,
                query.orElse(model.sql()),
                model.createdAt(),
                model.updatedAt(),
                columns);
        return Envelopes.updated(
                SourceItemViews.Model.of(items.updateModel(changed).orElseThrow(() -> nameTaken(changed.name()))));
    }

    @DELETE
    @Path("/{modelId}")
    @Operation(summary = "Delete a model", description = "Refused while a sync reads it.")
    public Envelopes.Status delete(@Context HttpHeaders headers, long id, long modelId) {
        SourceItem.Model model = model(source(headers, id), modelId);
        if (items.inUse(model.id())) {
            throw new ApiException(
                    ErrorCode.MODEL_IN_USE, "Model " + modelId + " is read by a sync: delete or change the sync first");
        }
        items.deleteModel(model.id());
        return Envelopes.deleted();
    }

    @POST
    @Path("/{modelId}/refresh_columns")
    @Operation(summary = "Read the columns of a model again", description = "Answers a key at once.")
    public Envelopes.RefreshKey refreshColumns(@Context HttpHeaders headers, long id, long modelId) {
        Source source = source(headers, id);
        return new Envelopes.RefreshKey(catalog.startRefreshColumns(source, model(source, modelId)));
    }

    @GET
    @Path("/{modelId}/refresh_columns_status")
    @Operation(summary = "How the refresh of a model's columns is going", description = "processing or completed")
    public Envelopes.Status refreshColumnsStatus(
            @Context HttpHeaders headers, long id, long modelId, @QueryParam("refresh_key") String key) {
        SourceItem.Model model = model(source(headers, id), modelId);
        return RefreshAnswers.status(catalog, Refreshes.Kind.COLUMNS, model.id(), key);
    }

    private Source source(HttpHeaders headers, long id) {
        return sources.get(callers.workspace(headers).workspaceId(), id);
    }

    private SourceItem.Model model(Source source, long modelId) {
        return items.model(source.workspaceId(), modelId)
                .filter(model -> model.sourceId() == source.id())
                .orElseThrow(() -> ApiException.notFound("model", modelId));
    }

    /** Connectors take a single statement without its semicolon. */
    private static String query(String text) {
        return text.strip().replaceAll("[;\\s]+$", "");
    }

    private static ApiException nameTaken(String name) {
        return new ApiException(ErrorCode.NAME_TAKEN, "name", "The source already has a model named '" + name + "'");
    }
}
