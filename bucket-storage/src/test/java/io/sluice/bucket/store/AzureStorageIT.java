package io.sluice.bucket.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import io.sluice.bucket.BucketStorage;
import io.sluice.bucket.BucketStorageContract;
import io.sluice.bucket.StorageProblem;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The contract on Azurite, Microsoft's own emulator (BKT-7). It is a Node program and does not come with the build: name a
 * running one with {@code -Dsluice.test.azurite=http://127.0.0.1:10000}; without it these tests are skipped.
 */
@EnabledIfSystemProperty(named = "sluice.test.azurite", matches = "http.+")
class AzureStorageIT extends BucketStorageContract {
    private static final String ACCOUNT = "devstoreaccount1";
    /** Published by Microsoft for the emulator; opens nothing else. */
    private static final String KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    @Override
    protected BucketStorage open() {
        String container = "tracking-" + UUID.randomUUID();
        new BlobContainerClientBuilder()
                .endpoint(endpoint())
                .httpClient(new JdkHttpClientBuilder().build())
                .credential(new StorageSharedKeyCredential(ACCOUNT, KEY))
                .containerName(container)
                .buildClient()
                .create();
        return open(container, KEY);
    }

    @Override
    protected BucketStorage missing() {
        return open("not-there", KEY);
    }

    private static BucketStorage open(String container, String key) {
        return Stores.open(
                StoreType.AZURE,
                Map.of("account_name", ACCOUNT, "container", container, "account_key", key, "endpoint", endpoint()));
    }

    private static String endpoint() {
        return System.getProperty("sluice.test.azurite") + "/" + ACCOUNT;
    }

    @Test
    void aTestOfAGoodContainerPassesAndLeavesNothing() throws Exception {
        assertThat(BucketProbe.test(StoreType.AZURE, storage()).passed()).isTrue();
        assertThat(storage().list("")).isEmpty();
    }

    @Test
    void aWrongKeyIsDenied() {
        assertProblem(StorageProblem.DENIED, () -> open("not-there", "c29tZWJvZHkgZWxzZSdz")
                .put("key", bytes("x")));
    }
}
