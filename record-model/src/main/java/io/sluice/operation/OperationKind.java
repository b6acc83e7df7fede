package io.sluice.operation;

import java.util.Locale;

/** What must be done to one record in the destination; the value of the tracking column {@code operation}. */
public enum OperationKind {
    UPSERT,
    UPDATE,
    INSERT,
    APPEND,
    DELETE;

    /** The word of the tracking files, for example {@code upsert} (TRK 15.3). */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether an accepted operation of this kind removes the record from the state. */
    public boolean removes() {
        return this == DELETE;
    }
}
