package io.sluice.tracking.bucket;

import io.sluice.bucket.BucketStorage;
import io.sluice.bucket.StorageException;
import io.sluice.bucket.StorageProblem;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A bucket nobody waits for longer than so long: the consumer's thread works for other customers too. A call that was given
 * up may still have its effect; that is harmless, since an object's content never changes.
 *
 * @param bucket the bucket
 * @param patience longest wait for one call
 */
public record PatientStorage(BucketStorage bucket, Duration patience) implements BucketStorage {

    @Override
    public void put(String key, ByteBuffer content) throws StorageException {
        within(() -> {
            bucket.put(key, content);
            return key;
        });
    }

    @Override
    public Optional<ByteBuffer> read(String key) throws StorageException {
        return within(() -> bucket.read(key));
    }

    @Override
    public ByteBuffer readRange(String key, long offset, int length) throws StorageException {
        return within(() -> bucket.readRange(key, offset, length));
    }

    @Override
    public OptionalLong size(String key) throws StorageException {
        return within(() -> bucket.size(key));
    }

    @Override
    public List<String> list(String prefix) throws StorageException {
        return within(() -> bucket.list(prefix));
    }

    @Override
    public void delete(String key) throws StorageException {
        within(() -> {
            bucket.delete(key);
            return key;
        });
    }

    @Override
    public Optional<URI> presign(String key, Duration validity) throws StorageException {
        return bucket.presign(key, validity);
    }

    @Override
    public void close() {
        bucket.close();
    }

    private <T> T within(Callable<T> call) throws StorageException {
        FutureTask<T> task = new FutureTask<>(call);
        Thread worker = Thread.ofVirtual().name("bucket-call").start(task);
        try {
            return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            worker.interrupt();
            throw new StorageException(
                    StorageProblem.UNREACHABLE, "no answer within " + patience.toSeconds() + " seconds", slow);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof StorageException known) {
                throw known;
            }
            throw new StorageException(
                    StorageProblem.FAILED,
                    "the bucket's client failed with "
                            + failed.getCause().getClass().getSimpleName(),
                    failed.getCause());
        } catch (InterruptedException interrupted) {
            worker.interrupt();
            Thread.currentThread().interrupt();
            throw new StorageException(StorageProblem.UNREACHABLE, "interrupted", interrupted);
        }
    }
}
