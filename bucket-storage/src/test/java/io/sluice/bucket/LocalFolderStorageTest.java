package io.sluice.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFolderStorageTest extends BucketStorageContract {
    @TempDir
    Path folder;

    private Path root;

    @Override
    protected BucketStorage open() throws IOException {
        root = folder.resolve("not/yet/bucket");
        return LocalFolderStorage.open(root);
    }

    @Override
    protected BucketStorage missing() throws IOException {
        Path gone = folder.resolve("gone");
        BucketStorage storage = LocalFolderStorage.open(gone);
        Files.delete(gone.resolve(".unfinished"));
        Files.delete(gone);
        return storage;
    }

    @Override
    protected boolean signs() {
        return false;
    }

    @Test
    void leftoversOfCrashedWritersAreRemovedAtTheNextStartAndNeverListed() throws IOException {
        Path young = Files.createFile(root.resolve(".unfinished/young.part"));
        Path old = Files.createFile(root.resolve(".unfinished/old.part"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));

        LocalFolderStorage.open(root);

        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(storage().list("")).isEmpty();
    }

    @Test
    void aVanishedFolderIsAFailureAndNotANewBucket() throws IOException {
        Files.delete(root.resolve(".unfinished"));
        Files.delete(root);

        assertProblem(StorageProblem.MISSING, () -> storage().put("key", bytes("x")));
        assertThat(root).doesNotExist();

        Files.createDirectory(root);
        storage().put("key", bytes("x"));
        assertThat(storage().exists("key")).isTrue();
    }

    @Test
    void aFileInTheWayIsAFailureThatSaysWhatToDo() throws IOException {
        Files.createFile(root.resolve("taken"));

        assertProblem(StorageProblem.FAILED, () -> storage().put("taken/key", bytes("x")));
        assertThatThrownBy(() -> storage().put("taken/key", bytes("x")))
                .hasMessageContaining("TRACKING_BUCKET_FAILED")
                .hasMessageContaining("tries again by itself");
        try (var drafts = Files.list(root.resolve(".unfinished"))) {
            assertThat(drafts).isEmpty();
        }
    }

    @Test
    void keysStayInsideTheBucket() {
        for (String key : new String[] {"", "../out", "/etc/passwd", ".unfinished/x", "a/../.."}) {
            assertThatThrownBy(() -> storage().put(key, bytes("x"))).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
