package io.sluice.standalone.demo;

import io.sluice.embedded.PostgresDatabase;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One sync of the demo, as data.
 *
 * @param label name for people
 * @param operation {@code upsert} or {@code mirror}
 * @param table source table
 * @param object destination table
 * @param mappings source column → destination column; the first is the identifier
 * @param acceptable what the destination's rules accept
 */
record DemoSync(
        String label,
        String operation,
        String table,
        String object,
        List<Mapping> mappings,
        Predicate<Row> acceptable) {

    /** From one column to another. */
    record Mapping(String from, String to) {}

    static DemoSync customers() {
        return new DemoSync(
                "Customers to contacts",
                "upsert",
                "customers",
                "contacts",
                List.of(
                        new Mapping("customer_id", "external_id"),
                        new Mapping("email", "email"),
                        new Mapping("full_name", "name"),
                        new Mapping("country", "country"),
                        new Mapping("note", "note"),
                        new Mapping("loyalty_points", "points"),
                        new Mapping("is_subscribed", "subscribed"),
                        new Mapping("signed_up_on", "customer_since")),
                row -> row.values().get(1).contains("@"));
    }

    static DemoSync orders() {
        return new DemoSync(
                "Orders to deals",
                "mirror",
                "orders",
                "deals",
                List.of(
                        new Mapping("order_number", "deal_number"),
                        new Mapping("customer_id", "contact_id"),
                        new Mapping("status", "stage"),
                        new Mapping("total", "amount"),
                        new Mapping("items", "items"),
                        new Mapping("placed_at", "opened_at")),
                row -> new BigDecimal(row.values().get(3)).signum() >= 0);
    }

    boolean isMirror() {
        return "mirror".equals(operation);
    }

    /** The body of POST /syncs. */
    Map<String, Object> form(PostgresDatabase warehouse, long sourceId, long destinationId) {
        List<Map<String, Object>> fields = IntStream.range(0, mappings.size())
                .mapToObj(position -> Map.<String, Object>of(
                        "from",
                        Map.of("type", "column", "data", mappings.get(position).from()),
                        "to",
                        mappings.get(position).to(),
                        "is_primary_identifier",
                        position == 0))
                .toList();
        return Map.of(
                "label",
                label,
                "operation",
                operation,
                "source_attributes",
                Map.of(
                        "connection_id",
                        sourceId,
                        "object",
                        Map.of(
                                "type",
                                "table",
                                "table_catalog",
                                warehouse.name(),
                                "table_schema",
                                "public",
                                "table_name",
                                table)),
                "destination_attributes",
                Map.of("connection_id", destinationId, "object", "public." + object),
                "mappings",
                fields,
                "mode",
                Map.of("type", "triggered", "triggers", Map.of("schedule", Map.of("frequency", "never"))));
    }

    /** All rows of the source table as they are now. */
    List<Row> sourceRows(PostgresDatabase warehouse) throws SQLException {
        return rows(warehouse, table, mappings.stream().map(Mapping::from).toList(), "");
    }

    /** All rows of the destination table as they are now, ordered by identifier as texts are ordered in Java. */
    List<Row> destinationRows(PostgresDatabase destination) throws SQLException {
        String identifier = mappings.getFirst().to();
        return rows(
                destination,
                object,
                mappings.stream().map(Mapping::to).toList(),
                " order by " + identifier + "::text collate \"C\"");
    }

    private static List<Row> rows(PostgresDatabase database, String table, List<String> columns, String order)
            throws SQLException {
        String list = columns.stream().map(column -> column + "::text").collect(Collectors.joining(", "));
        List<Row> rows = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set time zone 'UTC'");
            try (ResultSet result = statement.executeQuery("select " + list + " from " + table + order)) {
                while (result.next()) {
                    List<String> values = new ArrayList<>(columns.size());
                    for (int column = 1; column <= columns.size(); column++) {
                        values.add(result.getString(column));
                    }
                    rows.add(new Row(values));
                }
            }
        }
        return rows;
    }
}
