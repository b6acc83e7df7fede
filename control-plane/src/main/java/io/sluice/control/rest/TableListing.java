package io.sluice.control.rest;

import io.sluice.control.catalog.SourceItem;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Search and order of a source's tables (census-api 3.4). What cannot be understood in an order is left out. */
final class TableListing {
    private static final Map<String, Function<SourceItem.Table, String>> KEYS = Map.of(
            "table_catalog", table -> table.object().catalog(),
            "table_schema", table -> table.object().schema(),
            "table_name", table -> table.object().name());

    private TableListing() {}

    static List<SourceItem.Table> of(List<SourceItem.Table> tables, String search, String orderBy) {
        String wanted = search == null ? "" : search.strip().toLowerCase(Locale.ROOT);
        return tables.stream()
                .filter(table -> KEYS.values().stream()
                        .anyMatch(
                                key -> key.apply(table).toLowerCase(Locale.ROOT).contains(wanted)))
                .sorted(comparator(orderBy))
                .toList();
    }

    private static Comparator<SourceItem.Table> comparator(String orderBy) {
        Comparator<SourceItem.Table> natural = Comparator.comparing(KEYS.get("table_catalog"))
                .thenComparing(KEYS.get("table_schema"))
                .thenComparing(KEYS.get("table_name"));
        Optional<Comparator<SourceItem.Table>> asked = Optional.empty();
        for (String part : orderBy == null ? new String[0] : orderBy.split(",")) {
            String[] words = part.strip().split(":", 2);
            Function<SourceItem.Table, String> key = KEYS.get(words[0].strip());
            if (key != null) {
                boolean descending = words.length > 1 && words[1].strip().equalsIgnoreCase("desc");
                Comparator<SourceItem.Table> next =
                        descending ? Comparator.comparing(key).reversed() : Comparator.comparing(key);
                asked = Optional.of(
                        asked.map(first -> first.thenComparing(next)).orElse(next));
            }
        }
        return asked.map(first -> first.thenComparing(natural)).orElse(natural);
    }
}
