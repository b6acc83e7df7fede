package io.sluice.bucket.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bucket.BucketStorage;
import io.sluice.bucket.BucketStorageContract;
import io.sluice.bucket.StorageProblem;
import io.sluice.connector.ConnectionCheck;
import io.sluice.testsupport.Parts;
import io.sluice.testsupport.embedded.EmbeddedS3;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract on a real S3 server (BKT-10). */
class S3StorageIT extends BucketStorageContract {
    private static final EmbeddedS3 SERVER = Parts.ownS3();

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.kill();
    }

    @Override
    protected BucketStorage open() {
        String bucket = "bucket-" + UUID.randomUUID();
        SERVER.makeBucket(bucket);
        return open(SERVER.settings(bucket));
    }

    @Override
    protected BucketStorage missing() {
        return open(SERVER.settings("not-there"));
    }

    private static BucketStorage open(Map<String, String> settings) {
        return Stores.open(StoreType.S3, settings);
    }

    @Test
    void aTestOfAGoodBucketPassesAndLeavesNothing() throws Exception {
        ConnectionCheck check = BucketProbe.test(StoreType.S3, storage());

        assertThat(check.passed()).isTrue();
        assertThat(check.steps())
                .extracting(ConnectionCheck.Step::name)
                .containsExactly("Write an object", "Read it", "List it", "Delete it");
        assertThat(storage().list("")).isEmpty();
    }

    @Test
    void aListingOfSeveralPagesIsWhole() throws Exception {
        String bucket = "pages-" + UUID.randomUUID();
        SERVER.makeBucket(bucket);
        for (int number = 0; number < 1_100; number++) {
            Files.writeString(SERVER.folder(bucket).resolve("file-" + number), "x");
        }

        assertThat(open(SERVER.settings(bucket)).list("file-")).hasSize(1_100).isSorted();
    }

    @Test
    void aWrongSecretIsDenied() {
        Map<String, String> settings = new HashMap<>(SERVER.settings(EmbeddedS3.BUCKET));
        settings.put("secret_access_key", "somebody else's");

        assertProblem(StorageProblem.DENIED, () -> open(settings).put("key", bytes("x")));
        assertProblem(StorageProblem.DENIED, () -> open(settings).list(""));
        assertProblem(StorageProblem.DENIED, () -> open(settings).exists("key"));
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() {
        Map<String, String> settings = new HashMap<>(SERVER.settings(EmbeddedS3.BUCKET));
        settings.put("endpoint", "http://127.0.0.1:1");

        assertProblem(StorageProblem.UNREACHABLE, () -> open(settings).put("key", bytes("x")));
    }
}
