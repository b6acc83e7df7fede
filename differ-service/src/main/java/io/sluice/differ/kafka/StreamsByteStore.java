package io.sluice.differ.kafka;

import io.sluice.differ.state.ByteStore;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** A byte store of the differ on a Kafka Streams store. */
final class StreamsByteStore implements ByteStore {
    private static final ByteArraySerializer PREFIX = new ByteArraySerializer();

    private final KeyValueStore<Bytes, byte[]> store;

    StreamsByteStore(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    @Override
    public byte[] get(byte[] key) {
        return store.get(Bytes.wrap(key));
    }

    @Override
    public void put(byte[] key, byte[] value) {
        store.put(Bytes.wrap(key), value);
    }

    @Override
    public void delete(byte[] key) {
        store.delete(Bytes.wrap(key));
    }

    @Override
    public void forEachPrefixed(byte[] prefix, BiConsumer<byte[], byte[]> visitor) {
        try (KeyValueIterator<Bytes, byte[]> entries = store.prefixScan(prefix, PREFIX)) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                visitor.accept(entry.key.get(), entry.value);
            }
        }
    }
}
