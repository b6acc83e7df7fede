package io.sluice.differ.state;

import java.util.function.BiConsumer;

/** An ordered map of byte strings, one per partition. Used by one thread. */
public interface ByteStore {

    /** The value, or null. The array must not be changed. */
    byte[] get(byte[] key);

    /** Stores a value; both arrays belong to the store from now on. */
    void put(byte[] key, byte[] value);

    void delete(byte[] key);

    /** Deletes all entries whose key starts with {@code prefix}, with memory that does not depend on their number. */
    void deletePrefixed(byte[] prefix);

    /**
     * Visits all entries whose key starts with {@code prefix}, in key order, as they are when it begins; the visitor may
     * delete the entry it is given and must not change the store otherwise.
     */
    void forEachPrefixed(byte[] prefix, BiConsumer<byte[], byte[]> visitor);
}
