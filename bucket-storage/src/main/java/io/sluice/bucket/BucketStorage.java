package io.sluice.bucket;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A bucket: whole objects under keys such as {@code sync_tracking_datasets/1/2/3/metadata.json}. Implementations are
 * thread-safe and keep no state of their own, so that several replicas may share one bucket. Calls block.
 */
public interface BucketStorage extends AutoCloseable {

    /**
     * Stores an object whole: a reader sees the earlier object or this one, never a part (TRK-20). When this returns, the
     * object survives a crash. Repeating the call with the same content changes nothing a reader can see.
     *
     * @throws StorageException when it is not stored, or nobody knows; the caller may call again
     */
    void put(String key, ByteBuffer content) throws StorageException;

    /** The object, or empty when there is none. */
    Optional<ByteBuffer> read(String key) throws StorageException;

    /**
     * A part of an object, as a point search needs it: no more is fetched than that.
     *
     * @param offset first byte
     * @param length how many; the object must have them
     * @throws StorageException also when there is no such object or it is too short
     */
    ByteBuffer readRange(String key, long offset, int length) throws StorageException;

    /** The object's size in bytes, or empty when there is none. */
    OptionalLong size(String key) throws StorageException;

    /** Whether there is an object. */
    default boolean exists(String key) throws StorageException {
        return size(key).isPresent();
    }

    /** The keys that begin with {@code prefix}, sorted. */
    List<String> list(String prefix) throws StorageException;

    /** Removes an object; nothing happens when there is none. */
    void delete(String key) throws StorageException;

    /**
     * An address from which anybody who has it can download the object until it runs out; whether the object exists is not
     * asked. Empty when this bucket has no such addresses, or could give only one that opens more than the object.
     *
     * @param validity how long it works, at most seven days
     */
    default Optional<URI> presign(String key, Duration validity) throws StorageException {
        return Optional.empty();
    }

    /** Lets go of connections. Calls that are under way may fail; later ones do. */
    @Override
    default void close() {
        // a folder holds nothing
    }
}
