package io.sluice.bucket.store;

import io.sluice.bucket.BucketStorage;
import io.sluice.connector.settings.SettingsForm;
import java.util.Map;

/** Opens stores for tests. */
final class Stores {
    private Stores() {}

    static BucketStorage open(StoreType type, Map<String, ?> settings) {
        return switch (type.read(settings)) {
            case SettingsForm.Valid valid -> type.open(valid.settings());
            case SettingsForm.Invalid invalid -> throw new AssertionError(invalid.problems());
        };
    }
}
