package io.sluice.bucket.gcs;

import com.google.auth.oauth2.ServiceAccountCredentials;
import io.sluice.connector.settings.ConnectionSettings;
import io.sluice.connector.settings.SettingDescriptor;
import io.sluice.connector.settings.SettingDescriptor.Type;
import io.sluice.connector.settings.SettingsForm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Where a Google bucket is and who opens it.
 *
 * @param bucket its name
 * @param account the service account
 * @param endpoint where the service is
 */
public record GcsSettings(String bucket, ServiceAccountCredentials account, URI endpoint) {
    private static final String KEY = "service_account_key";
    private static final String GOOGLE = "https://storage.googleapis.com";
    private static final String SCOPE = "https://www.googleapis.com/auth/devstorage.read_write";

    /** The settings as data. */
    public static final SettingsForm FORM = SettingsForm.of(
            SettingDescriptor.required(
                    "bucket", "Bucket", Type.STRING, "my-sluice-bucket", "Name of the bucket, without gs://."),
            SettingDescriptor.required(
                            KEY,
                            "Service account key",
                            Type.STRING,
                            "{\"type\": \"service_account\", ...}",
                            "The JSON key file of a service account with the roles Storage Object User and Storage"
                                    + " Object Creator on the bucket, as text.")
                    .asSecret(),
            SettingDescriptor.optional(
                            "endpoint",
                            "Endpoint",
                            Type.URL,
                            GOOGLE,
                            "Address of the service, when it is reached by another than Google's public one.")
                    .withDefault(GOOGLE));

    /** From settings that are well formed and have no {@link #problems}. */
    public static GcsSettings of(ConnectionSettings settings) {
        try {
            return new GcsSettings(settings.text("bucket"), account(settings), URI.create(settings.text("endpoint")));
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("the service account key was checked before", unreadable);
        }
    }

    /** What no single setting shows. */
    public static List<SettingsForm.Problem> problems(ConnectionSettings settings) {
        try {
            account(settings);
            return List.of();
        } catch (IOException | RuntimeException unreadable) {
            // the reason is not repeated: it may quote the key
            return List.of(new SettingsForm.Problem(
                    KEY, "The service account key must be the whole JSON key file of a service account"));
        }
    }

    /** Tokens are signed here with the account's key: Google takes them as they are, and no other address is called. */
    private static ServiceAccountCredentials account(ConnectionSettings settings) throws IOException {
        byte[] key = settings.secret(KEY).reveal().getBytes(StandardCharsets.UTF_8);
        return ServiceAccountCredentials.fromStream(new ByteArrayInputStream(key)).toBuilder()
                .setScopes(List.of(SCOPE))
                .setUseJwtAccessWithScope(true)
                .build();
    }
}
