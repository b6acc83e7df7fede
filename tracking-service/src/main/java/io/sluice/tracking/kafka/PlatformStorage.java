package io.sluice.tracking.kafka;

import io.sluice.bucket.DatedStorage;
import io.sluice.bucket.LocalFolderStorage;
import io.sluice.bucket.StorageException;
import io.sluice.bucket.s3.S3Settings;
import io.sluice.bucket.s3.S3Storage;
import io.sluice.connector.settings.Secret;
import io.sluice.tracking.config.StorageConfig;
import io.sluice.tracking.config.TrackingConfig;

/** Opens the platform's own storage as it is configured. */
final class PlatformStorage {

    private PlatformStorage() {}

    /**
     * Opens it.
     *
     * @throws StorageException when the folder cannot be made; an S3 server is not asked yet
     * @throws IllegalArgumentException when the settings do not belong together
     */
    static DatedStorage open(TrackingConfig tracking, StorageConfig storage) throws StorageException {
        return switch (storage.type()) {
            case LOCAL -> LocalFolderStorage.open(tracking.localDirectory());
            case S3 -> S3Storage.open(settings(storage.s3()));
        };
    }

    private static S3Settings settings(StorageConfig.S3 s3) {
        String bucket = s3.bucket()
                .orElseThrow(() -> new IllegalArgumentException(
                        "sluice.tracking.storage.type is s3: set sluice.tracking.storage.s3.bucket"));
        if (s3.accessKeyId().isPresent() != s3.secretAccessKey().isPresent()) {
            throw new IllegalArgumentException(
                    "set both sluice.tracking.storage.s3.access-key-id and secret-access-key, or neither");
        }
        S3Settings.Access access = s3.accessKeyId()
                .<S3Settings.Access>map(id ->
                        new S3Settings.Keys(id, new Secret(s3.secretAccessKey().orElseThrow())))
                .orElseGet(S3Settings.Ambient::new);
        return new S3Settings(
                bucket,
                s3.region(),
                access,
                s3.endpoint(),
                s3.pathStyle(),
                s3.serverSideEncryption().map(algorithm -> new S3Settings.Encryption(algorithm, s3.kmsKeyId())));
    }
}
