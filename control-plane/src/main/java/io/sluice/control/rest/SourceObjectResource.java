package io.sluice.control.rest;

import io.sluice.connector.source.SourceObject;
import io.sluice.control.catalog.Catalog;
import io.sluice.control.catalog.Refreshes;
import io.sluice.control.catalog.SourceItem;
import io.sluice.control.catalog.SourceItems;
import io.sluice.control.connection.Source;
import io.sluice.control.connection.SourceService;
import io.sluice.control.error.ApiException;
import io.sluice.control.error.ErrorCode;
import io.sluice.control.error.Problems;
import io.sluice.control.page.Page;
import io.sluice.control.page.PageRequest;
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
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Tables and columns of a source, and their refresh (census-api 3.3, 3.4). */
@Path("/api/v1/sources/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
@Tag(name = "Source objects", description = "Tables, views and columns of a source, cached until refreshed")
public class SourceObjectResource {
    private final CurrentCaller callers;
    private final SourceService sources;
    private final SourceItems items;
    private final Catalog catalog;

    public SourceObjectResource(CurrentCaller callers, SourceService sources, SourceItems items, Catalog catalog) {
        this.callers = callers;
        this.sources = sources;
        this.items = items;
        this.catalog = catalog;
    }

    @GET
    @Path("/objects")
    @Operation(summary = "List everything a sync can read", description = "Tables, views and models; each has a type.")
    public Envelopes.Collection<SourceItemViews.Item> objects(
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            long id,
            @QueryParam("page") String page,
            @QueryParam("per_page") String perPage,
            @QueryParam("order") String order) {
        Source source = source(headers, id);
        catalog.tables(source);
        return Envelopes.collection(
                items.list(source.id(), PageRequest.of(page, perPage, order)), SourceItemViews.Item::of, uri);
    }

    @GET
    @Path("/tables")
    @Operation(
            summary = "List tables and views",
            description = "search matches name, schema and catalog; order_by is like table_schema:desc,table_name:asc.")
    public SourceItemViews.Tables tables(
            @Context HttpHeaders headers,
            @Context UriInfo uri,
            long id,
            @QueryParam("page") String page,
            @QueryParam("per_page") String perPage,
            @QueryParam("search") String search,
            @QueryParam("order_by") String orderBy) {
        Source source = source(headers, id);
        List<SourceItem.Table> found = TableListing.of(catalog.tables(source), search, orderBy);
        Page<SourceItem.Table> shown = Page.of(found, PageRequest.of(page, perPage, "asc"));
        return new SourceItemViews.Tables(
                Envelopes.SUCCESS,
                shown.entries().stream().map(SourceItemViews.Table::of).toList(),
                Envelopes.Pagination.of(shown),
                Envelopes.next(shown, uri),
                Timestamps.text(items.tablesRefreshedAt(source.id())));
    }

    @GET
    @Path("/tables/columns")
    @Operation(summary = "List the columns of a table", description = "All three parts of the name are required.")
    public SourceItemViews.TableColumns columns(
            @Context HttpHeaders headers,
            long id,
            @QueryParam("table_catalog") String tableCatalog,
            @QueryParam("table_schema") String tableSchema,
            @QueryParam("table_name") String tableName) {
        Source source = source(headers, id);
        Problems problems = new Problems();
        required(problems, "table_catalog", tableCatalog);
        required(problems, "table_schema", tableSchema);
        required(problems, "table_name", tableName);
        problems.throwIfAny();
        SourceItem.Table table = catalog.table(source, new SourceObject(tableCatalog, tableSchema, tableName))
                .orElseThrow(() -> ApiException.notFound("table", tableName));
        SourceItem.Columns columns = catalog.columns(source, table, cached -> true);
        List<SourceItemViews.TableColumn> shown = SourceItemViews.tableColumns(columns);
        return new SourceItemViews.TableColumns(
                Envelopes.SUCCESS,
                shown,
                new Envelopes.Pagination(shown.size(), Math.max(1, shown.size()), null, 1, null, 1),
                null,
                Timestamps.text(columns.refreshedAt()));
    }

    @GET
    @Path("/tables/{tableId}")
    @Operation(summary = "Get a table with its columns", description = "The older form.")
    public Envelopes.Single<SourceItemViews.TableDetail> table(@Context HttpHeaders headers, long id, long tableId) {
        Source source = source(headers, id);
        SourceItem.Table table = table(source, tableId);
        return Envelopes.success(SourceItemViews.TableDetail.of(table, catalog.columns(source, table, cached -> true)));
    }

    @POST
    @Path("/tables/{tableId}/refresh_columns")
    @Operation(summary = "Read the columns of a table again", description = "Answers a key at once.")
    public Envelopes.RefreshKey refreshColumns(@Context HttpHeaders headers, long id, long tableId) {
        Source source = source(headers, id);
        return new Envelopes.RefreshKey(catalog.startRefreshColumns(source, table(source, tableId)));
    }

    @GET
    @Path("/tables/{tableId}/refresh_columns_status")
    @Operation(summary = "How the refresh of a table's columns is going", description = "processing or completed")
    public Envelopes.Status refreshColumnsStatus(
            @Context HttpHeaders headers, long id, long tableId, @QueryParam("refresh_key") String key) {
        Source source = source(headers, id);
        return RefreshAnswers.status(
                catalog, Refreshes.Kind.COLUMNS, table(source, tableId).id(), key);
    }

    @POST
    @Path("/refresh_tables")
    @Operation(summary = "Read the tables again", description = "Answers a key at once.")
    public Envelopes.RefreshKey refreshTables(@Context HttpHeaders headers, long id) {
        return new Envelopes.RefreshKey(catalog.startRefreshTables(source(headers, id)));
    }

    @GET
    @Path("/refresh_tables_status")
    @Operation(
            summary = "How the refresh of the tables is going",
            description = "processing or completed; without refresh_key the latest refresh")
    public Envelopes.Status refreshTablesStatus(
            @Context HttpHeaders headers, long id, @QueryParam("refresh_key") String key) {
        Source source = source(headers, id);
        return RefreshAnswers.status(catalog, Refreshes.Kind.TABLES, source.id(), key);
    }

    private Source source(HttpHeaders headers, long id) {
        return sources.get(callers.workspace(headers).workspaceId(), id);
    }

    private SourceItem.Table table(Source source, long tableId) {
        Optional<SourceItem> item = items.find(source.id(), tableId);
        if (item.isPresent() && item.get() instanceof SourceItem.Table table) {
            return table;
        }
        throw ApiException.notFound("table", tableId);
    }

    private static void required(Problems problems, String name, String value) {
        if (value == null || value.isEmpty()) {
            problems.add(ErrorCode.REQUIRED, name, "query parameter " + name + " is required");
        }
    }
}
