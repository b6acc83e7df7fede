package io.sluice.bucket.store;

import io.sluice.bucket.BucketStorage;
import io.sluice.bucket.azure.AzureSettings;
import io.sluice.bucket.azure.AzureStorage;
import io.sluice.bucket.gcs.GcsSettings;
import io.sluice.bucket.gcs.GcsStorage;
import io.sluice.bucket.s3.S3Settings;
import io.sluice.bucket.s3.S3Storage;
import io.sluice.connector.settings.ConnectionSettings;
import io.sluice.connector.settings.SettingsForm;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The object stores a customer's bucket may be in (BKT-4, BKT-6, BKT-7, BKT-10). A folder is not among them. */
public enum StoreType {
    /** Amazon S3 and what speaks its protocol. */
    S3(
            "s3",
            "Amazon S3 or S3-compatible",
            new Permissions("s3:PutObject", "s3:GetObject", "s3:ListBucket", "s3:DeleteObject")),
    /** Google Cloud Storage. */
    GCS(
            "gcs",
            "Google Cloud Storage",
            new Permissions(
                    "storage.objects.create", "storage.objects.get", "storage.objects.list", "storage.objects.delete")),
    /** Azure Blob Storage. */
    AZURE("azure", "Azure Blob Storage", new Permissions("write (w)", "read (r)", "list (l)", "delete (d)"));

    private final String wireName;
    private final String label;
    private final Permissions permissions;

    /** What the store calls the four things tracking does. */
    public record Permissions(String write, String read, String list, String delete) {}

    StoreType(String wireName, String label, Permissions permissions) {
        this.wireName = wireName;
        this.label = label;
        this.permissions = permissions;
    }

    /** The store of that name. */
    public static Optional<StoreType> of(String wireName) {
        return Arrays.stream(values())
                .filter(type -> type.wireName.equals(wireName))
                .findFirst();
    }

    /** Its name in the API and in topics. */
    public String wireName() {
        return wireName;
    }

    /** Its name for people. */
    public String label() {
        return label;
    }

    /** What it calls the four things tracking does. */
    public Permissions permissions() {
        return permissions;
    }

    /** Ids of the settings that say where a bucket is; the others say who opens it. */
    public Set<String> location() {
        return switch (this) {
            case S3 -> Set.of("bucket", "endpoint");
            case GCS -> Set.of("bucket");
            case AZURE -> Set.of("account_name", "container", "endpoint");
        };
    }

    /** Its settings as data. */
    public SettingsForm form() {
        return switch (this) {
            case S3 -> S3Settings.FORM;
            case GCS -> GcsSettings.FORM;
            case AZURE -> AzureSettings.FORM;
        };
    }

    /** What is wrong with settings that are well formed one by one. */
    public List<SettingsForm.Problem> problems(ConnectionSettings settings) {
        return switch (this) {
            case S3 -> S3Settings.problems(settings);
            case GCS -> GcsSettings.problems(settings);
            case AZURE -> AzureSettings.problems(settings);
        };
    }

    /** Everything that is wrong with raw settings, and the settings when nothing is. */
    public SettingsForm.Reading read(Map<String, ?> raw) {
        SettingsForm.Reading reading = form().read(raw);
        if (reading instanceof SettingsForm.Valid valid) {
            List<SettingsForm.Problem> problems = problems(valid.settings());
            return problems.isEmpty() ? valid : new SettingsForm.Invalid(problems);
        }
        return reading;
    }

    /**
     * A client of a bucket; nothing is asked of the store yet.
     *
     * @param settings without {@link #problems}
     */
    public BucketStorage open(ConnectionSettings settings) {
        return switch (this) {
            case S3 -> S3Storage.open(S3Settings.of(settings));
            case GCS -> GcsStorage.open(GcsSettings.of(settings));
            case AZURE -> AzureStorage.open(AzureSettings.of(settings));
        };
    }
}
