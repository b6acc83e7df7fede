package io.sluice.control.sync;

import io.sluice.connector.source.SourceObject;
import java.util.Optional;

/** How a request names what to read (SRC-5). */
public sealed interface SourceReference {

    /** The source, when the request names it: a model may stand alone. */
    Optional<Long> connectionId();

    /** A table or view by name. */
    record TableName(Optional<Long> connectionId, SourceObject table) implements SourceReference {}

    /** A table by the id it has here. */
    record TableId(Optional<Long> connectionId, long id) implements SourceReference {}

    /** A model by id. */
    record ModelId(Optional<Long> connectionId, long id) implements SourceReference {}

    /** A model by name. */
    record ModelName(Optional<Long> connectionId, String name) implements SourceReference {}
}
