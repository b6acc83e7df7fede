package io.sluice.control.sync;

import io.sluice.connector.source.SourceColumn;
import io.sluice.control.catalog.SourceItem;
import io.sluice.mapping.MappingSource;
import io.sluice.mapping.engine.liquid.LiquidTemplate;
import io.sluice.mapping.engine.liquid.TemplateException;
import java.util.Set;
import java.util.TreeSet;

/**
 * The source columns a mapping reads (MAP-10, LIQ-2).
 *
 * @param names by exact name
 * @param all whether it reads every column, because a template uses the record as a whole
 */
public record ReadColumns(Set<String> names, boolean all) {
    private static final ReadColumns NONE = new ReadColumns(Set.of(), false);

    public ReadColumns {
        names = Set.copyOf(names);
    }

    /** What a mapping's source reads. A template that cannot be read any more reads nothing: its run says why. */
    public static ReadColumns of(MappingSource source) {
        return switch (source) {
            case MappingSource.Column column -> new ReadColumns(Set.of(column.name()), false);
            case MappingSource.Template template -> of(template.text());
            case MappingSource.CompoundKey key -> new ReadColumns(Set.copyOf(key.columns()), false);
            case MappingSource.Constant constant -> NONE;
            case MappingSource.SyncMetadata metadata -> NONE;
        };
    }

    private static ReadColumns of(String template) {
        try {
            LiquidTemplate checked = LiquidTemplate.compile(template, false);
            return new ReadColumns(checked.columns().names(), checked.columns().wholeRecord());
        } catch (TemplateException invalid) {
            return NONE;
        }
    }

    /** Both together, in alphabetical order where columns are listed. */
    ReadColumns and(ReadColumns other) {
        Set<String> both = new TreeSet<>(names);
        both.addAll(other.names);
        return new ReadColumns(both, all || other.all);
    }

    /** The names, in alphabetical order; {@code available} are all columns of the source object. */
    public Set<String> among(SourceItem.Columns available) {
        Set<String> sorted = new TreeSet<>(names);
        if (all) {
            available.list().stream().map(SourceColumn::name).forEach(sorted::add);
        }
        return sorted;
    }
}
