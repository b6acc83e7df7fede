package io.sluice.differ.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** A byte store on a sorted map: the same order as RocksDB. Copies what it is given, as a real store does. */
public final class MemoryByteStore implements ByteStore {
    private final NavigableMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);

    @Override
    public byte[] get(byte[] key) {
        byte[] value = entries.get(key);
        return value == null ? null : value.clone();
    }

    @Override
    public void put(byte[] key, byte[] value) {
        entries.put(key.clone(), value.clone());
    }

    @Override
    public void delete(byte[] key) {
        entries.remove(key);
    }

    @Override
    public void deletePrefixed(byte[] prefix) {
        List<byte[]> keys = new ArrayList<>();
        forEachPrefixed(prefix, (key, value) -> keys.add(key));
        keys.forEach(entries::remove);
    }

    @Override
    public void forEachPrefixed(byte[] prefix, BiConsumer<byte[], byte[]> visitor) {
        for (var entry : new TreeMap<>(entries.tailMap(prefix, true)).entrySet()) {
            byte[] key = entry.getKey();
            if (key.length < prefix.length || !Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length)) {
                return;
            }
            visitor.accept(key, entry.getValue());
        }
    }

    /** How many entries there are. */
    public int size() {
        return entries.size();
    }
}
