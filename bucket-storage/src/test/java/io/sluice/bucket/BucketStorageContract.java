package io.sluice.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every bucket must do, whatever is behind it. */
public abstract class BucketStorageContract {
    private BucketStorage storage;

    /** A bucket that is empty. */
    protected abstract BucketStorage open() throws Exception;

    /** The same kind of bucket, which is not there. */
    protected abstract BucketStorage missing() throws Exception;

    @BeforeEach
    void begin() throws Exception {
        storage = open();
    }

    protected final BucketStorage storage() {
        return storage;
    }

    @Test
    void anObjectIsStoredWholeReplacedAndDeleted() throws IOException {
        storage.put("a/b/one.parquet", bytes("first"));
        storage.put("a/b/one.parquet", bytes("second"));
        storage.put("a/b/two.json", bytes(""));

        assertThat(storage.read("a/b/one.parquet")).hasValue(bytes("second"));
        assertThat(storage.read("a/b/two.json")).hasValue(bytes(""));
        assertThat(storage.exists("a/b/two.json")).isTrue();
        assertThat(storage.list("a/b/")).containsExactly("a/b/one.parquet", "a/b/two.json");
        assertThat(storage.list("a/b/o")).containsExactly("a/b/one.parquet");
        assertThat(storage.list("")).hasSize(2);

        storage.delete("a/b/one.parquet");
        storage.delete("a/b/one.parquet");
        assertThat(storage.read("a/b/one.parquet")).isEmpty();
        assertThat(storage.exists("a/b/one.parquet")).isFalse();
        assertThat(storage.list("nobody/knows/")).isEmpty();
    }

    @Test
    void aContentMayBePutTwiceFromTheSameBuffer() throws IOException {
        ByteBuffer content = bytes("same").asReadOnlyBuffer();

        storage.put("key", content);
        storage.put("key", content);

        assertThat(content.remaining()).isEqualTo(4);
        assertThat(storage.read("key")).hasValue(bytes("same"));
    }

    @Test
    void onlyWhatIsBetweenPositionAndLimitIsStored() throws IOException {
        storage.put("key", bytes("0123456789").position(2).limit(5));

        assertThat(storage.read("key")).hasValue(bytes("234"));
    }

    @Test
    void readersNeverSeeAPart() throws Exception {
        byte[] large = new byte[1 << 20];
        new Random(7).nextBytes(large);
        storage.put("seen", ByteBuffer.wrap(large));
        AtomicBoolean done = new AtomicBoolean();
        AtomicBoolean torn = new AtomicBoolean();
        Thread reader = Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                try {
                    torn.compareAndSet(false, storage.read("seen").orElseThrow().remaining() != large.length);
                } catch (IOException failed) {
                    torn.set(true);
                }
            }
        });

        for (int round = 0; round < 10; round++) {
            storage.put("seen", ByteBuffer.wrap(large));
        }
        done.set(true);
        reader.join();

        assertThat(torn).isFalse();
        assertThat(storage.read("seen")).hasValue(ByteBuffer.wrap(large));
    }

    @Test
    void aPartIsReadByItsOffsetAndOnePastTheEndIsAFailure() throws IOException {
        storage.put("a/numbers", bytes("0123456789"));

        assertThat(storage.readRange("a/numbers", 3, 4)).isEqualTo(bytes("3456"));
        assertThat(storage.readRange("a/numbers", 3, 0)).isEqualTo(bytes(""));
        assertThat(storage.size("a/numbers")).hasValue(10);
        assertThat(storage.size("a/nothing")).isEmpty();
        assertThatThrownBy(() -> storage.readRange("a/numbers", 8, 3)).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> storage.readRange("a/numbers", 18, 3)).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> storage.readRange("a/nothing", 0, 1)).isInstanceOf(StorageException.class);
    }

    @Test
    void aListingIsSorted() throws IOException {
        for (int number = 0; number < 30; number++) {
            storage.put("many/" + number, bytes("x"));
        }

        assertThat(storage.list("many/"))
                .isEqualTo(IntStream.range(0, 30)
                        .mapToObj(number -> "many/" + number)
                        .sorted()
                        .toList());
    }

    @Test
    void keysMayHaveBlanksAndUmlauts() throws IOException {
        storage.put("größe/mit leer+plus%.json", bytes("x"));

        assertThat(storage.list("größe/")).isEqualTo(List.of("größe/mit leer+plus%.json"));
        assertThat(storage.read("größe/mit leer+plus%.json")).hasValue(bytes("x"));
    }

    @Test
    void aMissingBucketIsSaidToBeMissing() throws Exception {
        BucketStorage gone = missing();

        assertProblem(StorageProblem.MISSING, () -> gone.put("key", bytes("x")));
        assertProblem(StorageProblem.MISSING, () -> gone.exists("key"));
        assertProblem(StorageProblem.MISSING, () -> gone.list("key"));
        assertThatThrownBy(() -> gone.put("key", bytes("x")))
                .hasMessageContaining("TRACKING_BUCKET_MISSING")
                .hasMessageContaining("goes on by itself");
    }

    @Test
    void aSignedAddressGivesTheObjectToAnybody() throws Exception {
        storage.put("shared/table.parquet", bytes("for everybody"));

        Optional<URI> address = storage.presign("shared/table.parquet", Duration.ofMinutes(5));

        if (address.isPresent()) {
            try (HttpClient http = HttpClient.newHttpClient()) {
                HttpResponse<String> answer =
                        http.send(HttpRequest.newBuilder(address.get()).build(), HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo("for everybody");
            }
        } else {
            assertThat(signs()).isFalse();
        }
    }

    /** Whether this bucket has signed addresses. */
    protected boolean signs() {
        return true;
    }

    protected static void assertProblem(StorageProblem problem, ThrowingCallable call) {
        assertThatThrownBy(call)
                .asInstanceOf(type(StorageException.class))
                .extracting(StorageException::problem)
                .isEqualTo(problem);
    }

    protected static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
