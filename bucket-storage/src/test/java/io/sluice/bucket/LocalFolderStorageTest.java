package io.sluice.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFolderStorageTest {
    @TempDir
    Path folder;

    private Path root;
    private LocalFolderStorage storage;

    @BeforeEach
    void open() throws IOException {
        root = folder.resolve("not/yet/bucket");
        storage = LocalFolderStorage.open(root);
    }

    @Test
    void anObjectIsStoredWholeReplacedAndDeleted() throws IOException {
        storage.put("a/b/one.parquet", bytes("first"));
        storage.put("a/b/one.parquet", bytes("second"));
        storage.put("a/b/two.json", bytes(""));

        assertThat(storage.read("a/b/one.parquet")).hasValue(bytes("second"));
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
    void aContentMayBePutTwice() throws IOException {
        ByteBuffer content = bytes("same");

        storage.put("key", content);
        storage.put("key", content);

        assertThat(storage.read("key")).hasValue(bytes("same"));
    }

    @Test
    void readersNeverSeeAPart() throws Exception {
        byte[] large = new byte[1 << 20];
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

        for (int round = 0; round < 30; round++) {
            storage.put("seen", ByteBuffer.wrap(large));
        }
        done.set(true);
        reader.join();

        assertThat(torn).isFalse();
    }

    @Test
    void leftoversOfCrashedWritersAreRemovedAtTheNextStartAndNeverListed() throws IOException {
        Path young = Files.createFile(root.resolve(".unfinished/young.part"));
        Path old = Files.createFile(root.resolve(".unfinished/old.part"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));

        LocalFolderStorage.open(root);

        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(storage.list("")).isEmpty();
    }

    @Test
    void aVanishedFolderIsAFailureAndNotANewBucket() throws IOException {
        Files.delete(root.resolve(".unfinished"));
        Files.delete(root);

        assertProblem(StorageProblem.MISSING, () -> storage.put("key", bytes("x")));
        assertProblem(StorageProblem.MISSING, () -> storage.exists("key"));
        assertProblem(StorageProblem.MISSING, () -> storage.list("key"));
        assertThat(root).doesNotExist();

        Files.createDirectory(root);
        storage.put("key", bytes("x"));
        assertThat(storage.exists("key")).isTrue();
    }

    @Test
    void aFileInTheWayIsAFailureThatSaysWhatToDo() throws IOException {
        Files.createFile(root.resolve("taken"));

        assertProblem(StorageProblem.FAILED, () -> storage.put("taken/key", bytes("x")));
        assertThatThrownBy(() -> storage.put("taken/key", bytes("x")))
                .hasMessageContaining("TRACKING_BUCKET_FAILED")
                .hasMessageContaining("tries again by itself");
        try (var drafts = Files.list(root.resolve(".unfinished"))) {
            assertThat(drafts).isEmpty();
        }
    }

    @Test
    void keysStayInsideTheBucket() {
        for (String key : new String[] {"", "../out", "/etc/passwd", ".unfinished/x", "a/../.."}) {
            assertThatThrownBy(() -> storage.put(key, bytes("x"))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void assertProblem(StorageProblem problem, ThrowingCallable call) {
        assertThatThrownBy(call)
                .asInstanceOf(type(StorageException.class))
                .extracting(StorageException::problem)
                .isEqualTo(problem);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPartIsReadByItsOffsetAndOnePastTheEndIsAFailure() throws IOException {
        storage.put("a/numbers", ByteBuffer.wrap("0123456789".getBytes(StandardCharsets.UTF_8)));

        assertThat(storage.readRange("a/numbers", 3, 4))
                .isEqualTo(ByteBuffer.wrap("3456".getBytes(StandardCharsets.UTF_8)));
        assertThat(storage.size("a/numbers")).hasValue(10);
        assertThat(storage.size("a/nothing")).isEmpty();
        assertThatThrownBy(() -> storage.readRange("a/numbers", 8, 3)).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> storage.readRange("a/nothing", 0, 1)).isInstanceOf(StorageException.class);
    }
}
