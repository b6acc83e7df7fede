package io.sluice.control.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.sluice.control.catalog.SourceItem;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Tables, models and columns as the API shows them (census-api 3.4). */
final class SourceItemViews {

    private SourceItemViews() {}

    /** A column of a model or of an item in a mixed list. */
    @Schema(name = "Column")
    record Column(String name, String type) {}

    /** A column of a table. */
    @Schema(name = "TableColumn")
    record TableColumn(String name, @JsonProperty("data_type") String dataType) {}

    /** A table or view. */
    @Schema(name = "Table")
    record Table(
            long id,
            @JsonProperty("table_catalog") String catalog,
            @JsonProperty("table_schema") String schema,
            @JsonProperty("table_name") String name) {
        static Table of(SourceItem.Table table) {
            return new Table(
                    table.id(),
                    table.object().catalog(),
                    table.object().schema(),
                    table.object().name());
        }
    }

    /** Tables of a source, a page of them. */
    @Schema(name = "Tables")
    record Tables(
            String status,
            List<Table> data,
            Envelopes.Pagination pagination,
            String next,
            @JsonProperty("last_refreshed_at") String lastRefreshedAt) {}

    /** Columns of a table. */
    @Schema(name = "TableColumns")
    record TableColumns(
            String status,
            List<TableColumn> data,
            Envelopes.Pagination pagination,
            String next,
            @JsonProperty("last_refreshed_at") String lastRefreshedAt) {}

    /** A table or a model in a mixed list. */
    @Schema(name = "SourceObject")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Item(
            String type,
            long id,
            String name,
            @JsonProperty("table_catalog") String catalog,
            @JsonProperty("table_schema") String schema,
            @JsonProperty("table_name") String tableName,
            List<Column> columns) {
        static Item of(SourceItem item) {
            List<Column> columns = shortForm(item.columns()).orElse(null);
            return switch (item) {
                case SourceItem.Table table ->
                    new Item(
                            table.type(),
                            table.id(),
                            table.object().name(),
                            table.object().catalog(),
                            table.object().schema(),
                            table.object().name(),
                            columns);
                case SourceItem.Model model ->
                    new Item(model.type(), model.id(), model.name(), null, null, null, columns);
            };
        }
    }

    /** A model. */
    @Schema(name = "Model")
    record Model(
            String type,
            long id,
            String name,
            @JsonProperty("dataset_id") Long datasetId,
            String description,
            String query,
            @JsonProperty("compiled_query") String compiledQuery,
            @JsonProperty("created_at") String createdAt,
            @JsonProperty("updated_at") String updatedAt,
            List<Column> columns,
            @JsonProperty("source_object_id") long sourceObjectId) {
        static Model of(SourceItem.Model model) {
            return new Model(
                    model.type(),
                    model.id(),
                    model.name(),
                    null,
                    model.description().orElse(null),
                    model.sql(),
                    null,
                    Timestamps.text(model.createdAt()),
                    Timestamps.text(model.updatedAt()),
                    shortForm(model.columns()).orElse(List.of()),
                    model.id());
        }
    }

    /** A table with its columns, the older form. */
    @Schema(name = "TableWithColumns")
    record TableDetail(
            long id,
            @JsonProperty("table_catalog") String catalog,
            @JsonProperty("table_schema") String schema,
            @JsonProperty("table_name") String name,
            List<Column> columns) {
        static TableDetail of(SourceItem.Table table, SourceItem.Columns columns) {
            return new TableDetail(
                    table.id(),
                    table.object().catalog(),
                    table.object().schema(),
                    table.object().name(),
                    shortForm(Optional.of(columns)).orElse(List.of()));
        }
    }

    static Optional<List<Column>> shortForm(Optional<SourceItem.Columns> columns) {
        return columns.map(known -> known.list().stream()
                .map(column -> new Column(column.name(), column.dataType()))
                .toList());
    }

    static List<TableColumn> tableColumns(SourceItem.Columns columns) {
        return columns.list().stream()
                .map(column -> new TableColumn(column.name(), column.dataType()))
                .toList();
    }
}
