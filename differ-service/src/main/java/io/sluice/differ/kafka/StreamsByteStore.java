package io.sluice.differ.kafka;

import io.sluice.differ.state.ByteStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A byte store of the differ on a Kafka Streams store. What one message writes is gathered and given to the store together by
 * {@link #flush}: one call into RocksDB, and one changelog record for a key that was written more than once.
 */
final class StreamsByteStore implements ByteStore {
    private static final ByteArraySerializer PREFIX = new ByteArraySerializer();

    /** Keys in memory at a time: a store must not be changed under an open iterator. */
    private static final int SLICE = 10_000;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Map<Bytes, byte[]> written = new HashMap<>();

    StreamsByteStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    @Override
    public byte[] get(byte[] key) {
        Bytes wrapped = Bytes.wrap(key);
        byte[] value = written.get(wrapped);
        // a null may stand for a deletion
        return value != null || written.containsKey(wrapped) ? value : store.get(wrapped);
    }

    @Override
    public void put(byte[] key, byte[] value) {
        write(key, value);
    }

    @Override
    public void delete(byte[] key) {
        write(key, null);
    }

    private void write(byte[] key, byte[] value) {
        written.put(Bytes.wrap(key), value);
        if (written.size() >= SLICE) {
            flush();
        }
    }

    /** Writes what was gathered; to be called when a message was handled. */
    void flush() {
        if (!written.isEmpty()) {
            List<KeyValue<Bytes, byte[]>> entries = new ArrayList<>(written.size());
            written.forEach((key, value) -> entries.add(KeyValue.pair(key, value)));
            store.putAll(entries);
            written.clear();
        }
    }

    @Override
    public void deletePrefixed(byte[] prefix) {
        flush();
        Bytes end = Bytes.increment(Bytes.wrap(prefix));
        List<Bytes> slice = new ArrayList<>();
        Bytes from = Bytes.wrap(prefix);
        do {
            slice.clear();
            // from the last key on, not from the start: what was deleted there is still in the way
            try (KeyValueIterator<Bytes, byte[]> entries = store.range(from, end)) {
                while (entries.hasNext() && slice.size() < SLICE) {
                    Bytes key = entries.next().key;
                    if (!startsWith(key.get(), prefix)) {
                        break; // the range holds its end, which belongs to somebody else
                    }
                    slice.add(key);
                }
            }
            slice.forEach(store::delete);
            from = slice.isEmpty() ? from : slice.getLast();
        } while (!slice.isEmpty());
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    @Override
    public void forEachPrefixed(byte[] prefix, BiConsumer<byte[], byte[]> visitor) {
        flush();
        try (KeyValueIterator<Bytes, byte[]> entries = store.prefixScan(prefix, PREFIX)) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                visitor.accept(entry.key.get(), entry.value);
            }
        }
    }
}
