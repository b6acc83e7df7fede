package io.sluice.control.sync;

import io.sluice.connector.destination.DestinationField;
import io.sluice.connector.destination.DestinationObject;
import io.sluice.connector.source.SourceColumn;
import io.sluice.control.catalog.SourceItem;
import io.sluice.mapping.FieldMapping;
import io.sluice.mapping.engine.cast.FieldType;
import io.sluice.mapping.engine.cast.Fit;
import io.sluice.mapping.engine.name.NameStyle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Syncing all properties (MAP-7, MAP-8): every column that the user has not mapped becomes a field of its own, named by a
 * rule. Which columns there are is asked anew for each run, so a new column becomes a new field at the next one; a column
 * that is gone only stops updating its field (MAP-2).
 */
public final class AllProperties {
    private AllProperties() {}

    /**
     * The definition with every column mapped, if it syncs all properties; else as it is.
     *
     * @param columns the columns there are now
     * @param object where they go; where it takes listed fields only, columns without such a field are left out, and
     *     so are those none of whose values fit it
     */
    public static SyncDefinition expand(
            SyncDefinition definition, SourceItem.Columns columns, DestinationObject object) {
        Optional<NameStyle> style = definition.options().allProperties();
        if (style.isEmpty()) {
            return definition;
        }
        List<MappingDefinition> mappings = new ArrayList<>(definition.mappings());
        Set<String> mapped = mappings.stream()
                .flatMap(mapping -> mapping.column().stream())
                .collect(Collectors.toCollection(HashSet::new));
        Set<String> taken = mappings.stream().map(MappingDefinition::field).collect(Collectors.toSet());
        fields(style.get(), columns).forEach((column, field) -> {
            if (!mapped.contains(column) && !taken.contains(field) && fits(columns, column, object, field)) {
                mappings.add(new MappingDefinition(
                        FieldMapping.column(column, field), Optional.empty(), MappingOptions.plain(true)));
            }
        });
        return definition.withMappings(mappings);
    }

    /** The field of each column, in the columns' alphabetical order. */
    static Map<String, String> fields(NameStyle style, SourceItem.Columns columns) {
        Set<String> names = columns.list().stream().map(SourceColumn::name).collect(Collectors.toSet());
        return new TreeMap<>(style.of(names));
    }

    private static boolean fits(SourceItem.Columns columns, String column, DestinationObject object, String field) {
        Optional<DestinationField> known = object.field(field);
        if (known.isEmpty()) {
            return object.allowsCustomFields();
        }
        if (!known.get().createable() && !known.get().updateable()) {
            return false;
        }
        PlannedField planned = PlannedField.of(object, field, MappingOptions.plain(false));
        FieldType type = planned.type().orElse(FieldType.STRING);
        return columns.column(column)
                .map(found -> found.jsonType().name().toLowerCase(Locale.ROOT))
                .filter(source -> Fit.of(source, type, planned.array()) == Fit.IMPOSSIBLE)
                .isEmpty();
    }
}
