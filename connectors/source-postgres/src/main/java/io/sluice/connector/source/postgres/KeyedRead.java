package io.sluice.connector.source.postgres;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.jdbc.SqlNames;
import io.sluice.connector.source.CompoundKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A relation whose rows carry a compound key (KEY-3), computed by the database as {@link CompoundKey#text} says. */
final class KeyedRead {
    private KeyedRead() {}

    /**
     * Adds the key.
     *
     * @throws ConnectorException when the relation has a column of the key's name, lacks one of its parts, or has a part
     *     that has no text
     */
    static Relation of(Relation whole, CompoundKey key) throws ConnectorException {
        Map<String, ResultColumn> byName =
                whole.columns().stream().collect(Collectors.toMap(ResultColumn::name, Function.identity()));
        if (byName.containsKey(key.name())) {
            throw SourceErrors.keyNameTaken(key.name());
        }
        List<String> missing =
                key.columns().stream().filter(name -> !byName.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw SourceErrors.columnsNotFound(missing);
        }
        List<String> parts = new ArrayList<>();
        for (String name : key.columns()) {
            parts.add(escaped(byName.get(name)));
        }
        // text of any collation is joined as it is; one part that is null makes the whole null
        return new Relation.Extended(
                whole, new ResultColumn(key.name(), "text", ColumnEncoding.TEXT), String.join(" || '|' || ", parts));
    }

    private static String escaped(ResultColumn column) throws ConnectorException {
        String text = column.encoding()
                .identifierText()
                .sql("h." + SqlNames.quote(column.name()))
                .orElseThrow(() -> SourceErrors.notPartOfAKey(column.name(), column.dataType()));
        return "replace(replace((" + text + ") COLLATE \"C\", '\\', '\\\\'), '|', '\\|')";
    }
}
