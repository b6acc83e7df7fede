package io.sluice.control.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.sluice.control.catalog.Catalog;
import io.sluice.control.catalog.SourceItem;
import io.sluice.control.catalog.SourceItems;
import io.sluice.control.connection.Source;
import io.sluice.control.connection.SourceService;
import io.sluice.control.error.ApiException;
import io.sluice.control.error.ErrorCode;
import io.sluice.control.form.FormReader;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Which columns of a table or model hold personal data. */
@Path("/api/v1/sources/{id}/objects/{objectId}/pii_columns")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
@Tag(name = "Source objects")
public class PiiResource {
    private static final String FIELD = "pii_columns";

    private final CurrentCaller callers;
    private final SourceService sources;
    private final SourceItems items;
    private final Catalog catalog;

    public PiiResource(CurrentCaller callers, SourceService sources, SourceItems items, Catalog catalog) {
        this.callers = callers;
        this.sources = sources;
        this.items = items;
        this.catalog = catalog;
    }

    /** The marked columns. */
    @Schema(name = "PiiColumns", description = "Columns whose values are masked wherever records are shown")
    record Marked(@JsonProperty(FIELD) List<String> columns) {}

    @GET
    @Operation(
            summary = "Get the columns that hold personal data",
            description = "objectId is a table's or a model's id.")
    public Envelopes.Single<Marked> get(@Context HttpHeaders headers, long id, long objectId) {
        return Envelopes.success(
                new Marked(items.piiColumns(item(source(headers, id), objectId).id())));
    }

    @PUT
    @Operation(
            summary = "Mark the columns that hold personal data",
            description =
                    "Body: pii_columns, all of them; an empty list marks none. Their values are masked in records,"
                            + " samples, exports and downloads of all runs, earlier ones too. The tracking files themselves hold"
                            + " them.")
    public Envelopes.Single<Marked> put(@Context HttpHeaders headers, long id, long objectId, byte[] body) {
        Source source = source(headers, id);
        SourceItem item = item(source, objectId);
        FormReader form = JsonBody.form(body);
        if (!form.has(FIELD)) {
            form.missing(FIELD);
        }
        List<String> columns = form.texts(FIELD).stream().distinct().sorted().toList();
        form.problems().throwIfAny();
        SourceItem.Columns known = catalog.columns(source, item, cached -> columns.stream()
                .allMatch(name -> cached.column(name).isPresent()));
        columns.stream().filter(name -> known.column(name).isEmpty()).forEach(name -> form.problems()
                .add(ErrorCode.COLUMN_NOT_FOUND, FIELD, "'" + name + "' is no column of " + item.fullName()));
        form.problems().throwIfAny();
        items.markPiiColumns(item.id(), columns);
        return Envelopes.updated(new Marked(columns));
    }

    private Source source(HttpHeaders headers, long id) {
        return sources.get(callers.workspace(headers).workspaceId(), id);
    }

    private SourceItem item(Source source, long objectId) {
        return items.find(source.id(), objectId).orElseThrow(() -> ApiException.notFound("source object", objectId));
    }
}
