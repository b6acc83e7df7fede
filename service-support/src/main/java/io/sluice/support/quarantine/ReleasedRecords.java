package io.sluice.support.quarantine;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Which records were released from quarantine, as a run's plan carries it: eight bytes for each, because plans stay in their
 * topic for ever and an identifier may be a person's address. Should two identifiers share their eight bytes, both are
 * released: one attempt more. Immutable.
 */
public final class ReleasedRecords {
    private final Set<Long> marks;

    private ReleasedRecords(Set<Long> marks) {
        this.marks = marks;
    }

    /** Every record of the sync. */
    public static ReleasedRecords all() {
        return new ReleasedRecords(Set.of());
    }

    /**
     * These records.
     *
     * @throws IllegalArgumentException when there are none, which would read as all
     */
    public static ReleasedRecords of(Collection<String> identifiers) {
        if (identifiers.isEmpty()) {
            throw new IllegalArgumentException("a release of no record");
        }
        Set<Long> marks = new HashSet<>();
        identifiers.forEach(identifier -> marks.add(ShortDigest.of(identifier)));
        return new ReleasedRecords(marks);
    }

    /** Reads what {@link #toBytes} made. */
    public static ReleasedRecords read(ByteBuffer bytes) {
        Set<Long> marks = new HashSet<>();
        ByteBuffer left = bytes.duplicate();
        while (left.remaining() >= Long.BYTES) {
            marks.add(left.getLong());
        }
        return new ReleasedRecords(marks);
    }

    /** Eight bytes for each record; none for all. */
    public ByteBuffer toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(marks.size() * Long.BYTES);
        marks.forEach(bytes::putLong);
        return bytes.flip();
    }

    /** Whether a record is among them. */
    public boolean contains(String identifier) {
        return marks.isEmpty() || marks.contains(ShortDigest.of(identifier));
    }
}
