package io.sluice.mapping;

import io.sluice.record.Value;
import java.util.Objects;

/** Where the value of a mapped destination field comes from (requirement MAP-3). */
public sealed interface MappingSource {

    /** A column of the source object, by exact name. */
    record Column(String name) implements MappingSource {
        public Column {
            Objects.requireNonNull(name, "name");
        }
    }

    /** The same value for every record (MAP-18). */
    record Constant(Value value) implements MappingSource {
        public Constant {
            Objects.requireNonNull(value, "value");
        }
    }

    /** A fact of the sync run, for example {@code sync_run_id}. */
    record SyncMetadata(String key) implements MappingSource {
        public SyncMetadata {
            Objects.requireNonNull(key, "key");
        }
    }

    /** A Liquid template, rendered for each record (LIQ-1). */
    record Template(String text) implements MappingSource {
        public Template {
            Objects.requireNonNull(text, "text");
        }
    }
}
