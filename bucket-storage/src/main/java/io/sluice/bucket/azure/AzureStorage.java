package io.sluice.bucket.azure;

import com.azure.core.credential.AzureSasCredential;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.models.BlobErrorCode;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobRange;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.options.BlockBlobSimpleUploadOptions;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import io.sluice.bucket.BucketStorage;
import io.sluice.bucket.StorageException;
import io.sluice.bucket.StorageProblem;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A container in Azure Blob Storage. A put is one Put Blob: a blob is shown only when it is whole. */
public final class AzureStorage implements BucketStorage {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final int TRY_SECONDS = 60;
    private static final int TRIES = 3;

    private final AzureSettings settings;
    private final BlobContainerClient container;

    private AzureStorage(AzureSettings settings, BlobContainerClient container) {
        this.settings = settings;
        this.container = container;
    }

    /** A client of a container; nothing is asked of the server yet. */
    public static AzureStorage open(AzureSettings settings) {
        BlobContainerClientBuilder builder = new BlobContainerClientBuilder()
                .endpoint(settings.endpoint().toString())
                .containerName(settings.container())
                .httpClient(new JdkHttpClientBuilder()
                        .connectionTimeout(CONNECT)
                        .responseTimeout(SILENCE)
                        .readTimeout(SILENCE)
                        .writeTimeout(SILENCE)
                        .build())
                .retryOptions(new RequestRetryOptions(
                        RetryPolicyType.EXPONENTIAL,
                        TRIES,
                        TRY_SECONDS,
                        Duration.ofMillis(500).toMillis(),
                        Duration.ofSeconds(5).toMillis(),
                        null));
        switch (settings.access()) {
            case AzureSettings.Sas sas ->
                builder.credential(new AzureSasCredential(sas.token().reveal()));
            case AzureSettings.Key key ->
                builder.credential(new StorageSharedKeyCredential(
                        settings.account(), key.key().reveal()));
        }
        return new AzureStorage(settings, builder.buildClient());
    }

    @Override
    public void put(String key, ByteBuffer content) throws StorageException {
        BlockBlobSimpleUploadOptions whole =
                new BlockBlobSimpleUploadOptions(BinaryData.fromByteBuffer(content.duplicate()));
        calling("write " + key, () -> blob(key).getBlockBlobClient().uploadWithResponse(whole, null, Context.NONE));
    }

    @Override
    public Optional<ByteBuffer> read(String key) throws StorageException {
        return calling("read " + key, () -> {
            try {
                return Optional.of(blob(key).downloadContent().toByteBuffer());
            } catch (BlobStorageException absent) {
                requireBlobNotFound(absent);
                return Optional.empty();
            }
        });
    }

    @Override
    public ByteBuffer readRange(String key, long offset, int length) throws StorageException {
        if (length == 0) {
            return ByteBuffer.allocate(0);
        }
        ByteArrayOutputStream part = new ByteArrayOutputStream(length);
        calling("read " + key, () -> blob(key)
                .downloadStreamWithResponse(
                        part, new BlobRange(offset, (long) length), null, null, false, null, Context.NONE));
        if (part.size() != length) {
            throw new StorageException(
                    StorageProblem.FAILED, "cannot read " + key + ": it ends before byte " + (offset + length), null);
        }
        return ByteBuffer.wrap(part.toByteArray());
    }

    @Override
    public OptionalLong size(String key) throws StorageException {
        return calling("look for " + key, () -> {
            try {
                return OptionalLong.of(blob(key).getProperties().getBlobSize());
            } catch (BlobStorageException absent) {
                requireBlobNotFound(absent);
                return OptionalLong.empty();
            }
        });
    }

    @Override
    public List<String> list(String prefix) throws StorageException {
        return calling(
                "list " + prefix, () -> container.listBlobs(new ListBlobsOptions().setPrefix(prefix), null).stream()
                        .map(BlobItem::getName)
                        .sorted()
                        .toList());
    }

    @Override
    public void delete(String key) throws StorageException {
        calling("delete " + key, () -> {
            try {
                blob(key).delete();
            } catch (BlobStorageException absent) {
                requireBlobNotFound(absent);
            }
            return key;
        });
    }

    /** Only with the account's key: with a SAS token the address would open the whole container. */
    @Override
    public Optional<URI> presign(String key, Duration validity) {
        if (settings.access() instanceof AzureSettings.Sas) {
            return Optional.empty();
        }
        BlobClient blob = blob(key);
        BlobServiceSasSignatureValues values = new BlobServiceSasSignatureValues(
                OffsetDateTime.now(ZoneOffset.UTC).plus(validity), new BlobSasPermission().setReadPermission(true));
        return Optional.of(URI.create(blob.getBlobUrl() + "?" + blob.generateSas(values)));
    }

    private BlobClient blob(String key) {
        return container.getBlobClient(key);
    }

    private static void requireBlobNotFound(BlobStorageException absent) {
        if (!BlobErrorCode.BLOB_NOT_FOUND.equals(absent.getErrorCode())) {
            throw absent;
        }
    }

    private <T> T calling(String what, Call<T> call) throws StorageException {
        try {
            return call.make();
        } catch (BlobStorageException answered) {
            throw new StorageException(
                    problem(answered),
                    "cannot " + what + " in container " + settings.container() + " (HTTP " + answered.getStatusCode()
                            + ", " + answered.getErrorCode() + ")",
                    answered);
        } catch (RuntimeException unreachable) {
            // the client wraps what its HTTP client throws in types of its own and of Reactor's
            throw new StorageException(
                    StorageProblem.UNREACHABLE,
                    "cannot " + what + " in container " + settings.container() + " ("
                            + unreachable.getClass().getSimpleName() + ")",
                    unreachable);
        }
    }

    private static StorageProblem problem(BlobStorageException answered) {
        return BlobErrorCode.BLOB_NOT_FOUND.equals(answered.getErrorCode())
                ? StorageProblem.FAILED
                : StorageProblem.ofStatus(answered.getStatusCode());
    }

    @FunctionalInterface
    private interface Call<T> {
        T make();
    }
}
