package io.sluice.bucket.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.bucket.BucketStorage;
import io.sluice.bucket.BucketStorageContract;
import io.sluice.bucket.StorageProblem;
import io.sluice.connector.settings.SettingsForm;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract on a fake of Azure's API, opened with a SAS token (BKT-7); {@link AzureStorageIT} meets the emulator. */
class AzureStorageTest extends BucketStorageContract {
    private final FakeAzure azure = new FakeAzure();

    @AfterEach
    void end() {
        azure.close();
    }

    @Override
    protected BucketStorage open() {
        azure.makeBucket("tracking");
        return open("tracking", Map.of("sas_token", "?" + FakeAzure.SAS));
    }

    @Override
    protected BucketStorage missing() {
        return open("not-there", Map.of("sas_token", FakeAzure.SAS));
    }

    private BucketStorage open(String container, Map<String, String> access) {
        Map<String, String> settings = new HashMap<>(access);
        settings.put("account_name", FakeAzure.ACCOUNT);
        settings.put("container", container);
        settings.put("endpoint", azure.endpoint());
        return Stores.open(StoreType.AZURE, settings);
    }

    /** A token of the whole container is not given away. */
    @Override
    protected boolean signs() {
        return false;
    }

    @Test
    void aTestOfAGoodContainerPassesAndLeavesNothing() throws Exception {
        assertThat(BucketProbe.test(StoreType.AZURE, storage()).passed()).isTrue();
        assertThat(storage().list("")).isEmpty();
    }

    @Test
    void aForeignTokenIsDenied() {
        BucketStorage stranger = open("tracking", Map.of("sas_token", "sv=1&sp=rwdl"));

        assertProblem(StorageProblem.DENIED, () -> stranger.put("key", bytes("x")));
    }

    @Test
    void eitherATokenOrAKeyMustBeGiven() {
        assertThat(StoreType.AZURE.read(Map.of("account_name", "a", "container", "c")))
                .isInstanceOfSatisfying(SettingsForm.Invalid.class, invalid -> assertThat(invalid.problems())
                        .singleElement()
                        .extracting(SettingsForm.Problem::setting)
                        .isEqualTo("sas_token"));
    }
}
