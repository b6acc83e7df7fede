package io.sluice.tracking.kafka;

import io.sluice.bucket.BucketStorage;
import io.sluice.bucket.StorageException;
import io.sluice.bucket.StorageProblem;
import io.sluice.bucket.store.StoreType;
import io.sluice.connector.settings.SettingsForm;
import io.sluice.contract.ConnectionConfig;
import io.sluice.contract.ConnectionKind;
import io.sluice.contract.Topics;
import io.sluice.support.kafka.ConnectionConfigs;
import io.sluice.support.secret.SettingsCipher;
import io.sluice.tracking.bucket.Buckets;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Customers' buckets, opened with the settings the control plane last announced; changed settings take effect at once. */
public final class ConfiguredBuckets implements Buckets, AutoCloseable {
    private final ConnectionConfigs configs;
    private final SettingsCipher cipher;
    private final Map<Long, Opened> opened = new HashMap<>();

    private record Opened(ByteBuffer settings, BucketStorage storage) {}

    ConfiguredBuckets(ConnectionConfigs configs, SettingsCipher cipher) {
        this.configs = configs;
        this.cipher = cipher;
    }

    @Override
    public Optional<BucketStorage> find(long bucketId) throws StorageException {
        Optional<ConnectionConfig> config = configs.find(ConnectionKind.BUCKET, bucketId);
        synchronized (opened) {
            Opened before = opened.get(bucketId);
            if (config.isEmpty()) {
                close(opened.remove(bucketId));
                return Optional.empty();
            }
            ByteBuffer settings = config.get().getEncryptedSettings();
            if (before != null && before.settings().equals(settings)) {
                return Optional.of(before.storage());
            }
            Opened now = new Opened(settings.duplicate(), open(config.get()));
            opened.put(bucketId, now);
            close(before);
            return Optional.of(now.storage());
        }
    }

    private BucketStorage open(ConnectionConfig config) throws StorageException {
        String key = Topics.connectionKey(ConnectionKind.BUCKET, config.getConnectionId());
        byte[] encrypted = new byte[config.getEncryptedSettings().remaining()];
        config.getEncryptedSettings().duplicate().get(encrypted);
        try {
            StoreType type = StoreType.of(config.getType())
                    .orElseThrow(() -> new IllegalArgumentException("this release knows no store " + config.getType()));
            return switch (type.read(cipher.decrypt(encrypted, key))) {
                case SettingsForm.Valid valid -> type.open(valid.settings());
                case SettingsForm.Invalid invalid ->
                    throw new IllegalArgumentException(invalid.problems().toString());
            };
        } catch (IllegalArgumentException | IllegalStateException unusable) {
            throw new StorageException(
                    StorageProblem.FAILED,
                    "the settings of " + key + " cannot be used: " + unusable.getMessage(),
                    unusable);
        }
    }

    private static void close(Opened before) {
        if (before != null) {
            before.storage().close();
        }
    }

    @Override
    public void close() {
        synchronized (opened) {
            opened.values().forEach(ConfiguredBuckets::close);
            opened.clear();
        }
        configs.close();
    }
}
