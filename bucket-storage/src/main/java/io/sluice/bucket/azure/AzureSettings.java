package io.sluice.bucket.azure;

import io.sluice.connector.settings.ConnectionSettings;
import io.sluice.connector.settings.Secret;
import io.sluice.connector.settings.SettingDescriptor;
import io.sluice.connector.settings.SettingDescriptor.Type;
import io.sluice.connector.settings.SettingsForm;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Where an Azure container is and who opens it.
 *
 * @param account the storage account
 * @param container the container; nothing outside it is touched
 * @param access who opens it
 * @param endpoint where the account's blobs are
 */
public record AzureSettings(String account, String container, Access access, URI endpoint) {

    /** The settings as data. */
    public static final SettingsForm FORM = SettingsForm.of(
            SettingDescriptor.required(
                    "account_name", "Storage account", Type.STRING, "mystorage", "Name of the storage account."),
            SettingDescriptor.required(
                    "container", "Container", Type.STRING, "sluice", "Name of the container, which must exist."),
            SettingDescriptor.optional(
                            "sas_token",
                            "SAS token",
                            Type.STRING,
                            "sv=2022-11-02&sr=c&sp=rwdl&...",
                            "A shared access signature of the container with read, write, delete and list. Sluice stops"
                                    + " writing when it runs out: note its end.")
                    .asSecret(),
            SettingDescriptor.optional(
                            "account_key",
                            "Account key",
                            Type.STRING,
                            "",
                            "A key of the storage account, when there is no SAS token. It opens the whole account.")
                    .asSecret(),
            SettingDescriptor.optional(
                    "endpoint",
                    "Endpoint",
                    Type.URL,
                    "https://mystorage.blob.core.windows.net",
                    "Address of the account's blobs, when it is another than Azure's public cloud's."));

    /** Who opens the container. */
    public sealed interface Access {}

    /** A shared access signature, without a leading question mark. */
    public record Sas(Secret token) implements Access {}

    /** The account's key. */
    public record Key(Secret key) implements Access {}

    /** From settings that are well formed and have no {@link #problems}. */
    public static AzureSettings of(ConnectionSettings settings) {
        String account = settings.text("account_name");
        Access access = settings.optionalSecret("sas_token")
                .<Access>map(token -> new Sas(new Secret(token.reveal().replaceFirst("^\\?", ""))))
                .orElseGet(() -> new Key(settings.secret("account_key")));
        Optional<String> endpoint = settings.optionalText("endpoint");
        return new AzureSettings(
                account,
                settings.text("container"),
                access,
                URI.create(endpoint.orElse("https://" + account + ".blob.core.windows.net")));
    }

    /** What no single setting shows. */
    public static List<SettingsForm.Problem> problems(ConnectionSettings settings) {
        boolean none = settings.optionalSecret("sas_token").isEmpty()
                && settings.optionalSecret("account_key").isEmpty();
        return none
                ? List.of(new SettingsForm.Problem("sas_token", "Give a SAS token of the container, or an account key"))
                : List.of();
    }
}
