package io.sluice.bucket.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bucket.BucketStorage;
import io.sluice.bucket.BucketStorageContract;
import io.sluice.bucket.StorageProblem;
import io.sluice.connector.settings.SettingsForm;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract on a fake of Google's API that checks every signature (BKT-6). No test here has met Google's servers. */
class GcsStorageTest extends BucketStorageContract {
    private final FakeGcs google = new FakeGcs();

    @AfterEach
    void end() {
        google.close();
    }

    @Override
    protected BucketStorage open() {
        google.makeBucket("tracking");
        return open(google.keyFile(), "tracking");
    }

    @Override
    protected BucketStorage missing() {
        return open(google.keyFile(), "not-there");
    }

    private BucketStorage open(String keyFile, String bucket) {
        return Stores.open(
                StoreType.GCS, Map.of("bucket", bucket, "service_account_key", keyFile, "endpoint", google.url()));
    }

    @Test
    void aTestOfAGoodBucketPassesAndLeavesNothing() throws Exception {
        assertThat(BucketProbe.test(StoreType.GCS, storage()).passed()).isTrue();
        assertThat(storage().list("")).isEmpty();
    }

    @Test
    void theKeyOfAnotherAccountIsDenied() {
        try (FakeGcs other = new FakeGcs()) {
            BucketStorage stranger = open(other.keyFile(), "tracking");

            assertProblem(StorageProblem.DENIED, () -> stranger.put("key", bytes("x")));
        }
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() {
        google.close();

        assertProblem(StorageProblem.UNREACHABLE, () -> storage().put("key", bytes("x")));
    }

    @Test
    void whatIsNoKeyFileIsRefusedWithoutRepeatingIt() {
        for (String wrong : new String[] {"{}", "secret words", "{\"type\": \"authorized_user\"}"}) {
            assertThat(StoreType.GCS.read(Map.of("bucket", "b", "service_account_key", wrong)))
                    .isInstanceOfSatisfying(SettingsForm.Invalid.class, invalid -> assertThat(invalid.problems())
                            .singleElement()
                            .satisfies(problem -> {
                                assertThat(problem.setting()).isEqualTo("service_account_key");
                                assertThat(problem.message()).doesNotContain(wrong);
                            }));
        }
    }
}
