package io.sluice.mapping;

import io.sluice.record.Value;
import java.util.HashSet;
import java.util.List;
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

    /**
     * Several columns that together identify a record (KEY-3). The source computes one text of them, as one more column of
     * the rows it gives.
     *
     * @param columns {@value #FEWEST} to {@value #MOST} different columns, in the order of the key
     */
    record CompoundKey(List<String> columns) implements MappingSource {
        /** Name of the computed column; the source object must have none of that name. */
        public static final String COLUMN = "compound_key";

        public static final int FEWEST = 2;
        public static final int MOST = 10;

        public CompoundKey {
            columns = List.copyOf(columns);
            if (columns.size() < FEWEST || columns.size() > MOST || new HashSet<>(columns).size() < columns.size()) {
                throw new IllegalArgumentException(
                        "a compound key has " + FEWEST + " to " + MOST + " different columns, not " + columns);
            }
        }
    }

    /** A Liquid template, rendered for each record (LIQ-1). */
    record Template(String text) implements MappingSource {
        public Template {
            Objects.requireNonNull(text, "text");
        }
    }
}
