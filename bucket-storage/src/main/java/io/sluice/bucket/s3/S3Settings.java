package io.sluice.bucket.s3;

import io.sluice.connector.settings.ConnectionSettings;
import io.sluice.connector.settings.Secret;
import io.sluice.connector.settings.SettingDescriptor;
import io.sluice.connector.settings.SettingDescriptor.Type;
import io.sluice.connector.settings.SettingsForm;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where an S3 bucket is and who opens it.
 *
 * @param bucket its name
 * @param region its region
 * @param access who opens it
 * @param endpoint a server that speaks S3, or empty for Amazon's
 * @param pathStyle whether the bucket's name is in the path and not in the host name (BKT-10)
 * @param encryption what the server encrypts objects with, or empty for the bucket's own default
 */
public record S3Settings(
        String bucket,
        String region,
        Access access,
        Optional<URI> endpoint,
        boolean pathStyle,
        Optional<Encryption> encryption) {
    /** Id of the setting that Sluice fills in itself: no two organizations have the same. */
    public static final String EXTERNAL_ID = "external_id";

    /** The settings as data. */
    public static final SettingsForm FORM = SettingsForm.of(
            SettingDescriptor.required(
                    "bucket", "Bucket", Type.STRING, "my-sluice-bucket", "Name of the bucket, without s3://."),
            SettingDescriptor.required(
                    "region",
                    "Region",
                    Type.STRING,
                    "eu-central-1",
                    "The bucket's region; other S3 servers mostly take us-east-1."),
            SettingDescriptor.optional(
                    "role_arn",
                    "Role ARN",
                    Type.STRING,
                    "arn:aws:iam::123456789012:role/sluice",
                    "A role that Sluice assumes: nobody hands over a key. Its trust policy asks for the external id."),
            SettingDescriptor.optional(
                    EXTERNAL_ID,
                    "External ID",
                    Type.STRING,
                    "",
                    "Given by Sluice, the same for all buckets of an organization; what is sent here is ignored."),
            SettingDescriptor.optional(
                    "access_key_id",
                    "Access key ID",
                    Type.STRING,
                    "AKIA...",
                    "Key of a user that may use the bucket. Without it Sluice's own identity is used to assume the role."),
            SettingDescriptor.optional(
                            "secret_access_key", "Secret access key", Type.STRING, "", "Secret of the access key.")
                    .asSecret(),
            SettingDescriptor.optional(
                    "endpoint",
                    "Endpoint",
                    Type.URL,
                    "https://minio.example.com",
                    "Address of an S3-compatible server (MinIO, Ceph); empty for Amazon S3."),
            SettingDescriptor.optional(
                            "path_style",
                            "Path style",
                            Type.BOOLEAN,
                            "",
                            "Put the bucket's name into the path and not into the host name; most other servers want it.")
                    .withDefault("false"),
            SettingDescriptor.optional(
                            "server_side_encryption",
                            "Server-side encryption",
                            Type.STRING,
                            "AES256",
                            "What the server encrypts objects with; empty for the bucket's default.")
                    .withChoices("AES256", "aws:kms"),
            SettingDescriptor.optional(
                    "kms_key_id",
                    "KMS key",
                    Type.STRING,
                    "arn:aws:kms:...",
                    "Key for aws:kms; empty for the account's key for S3."));

    /** Who opens the bucket. */
    public sealed interface Access {}

    /** A user's key. */
    public record Keys(String accessKeyId, Secret secretAccessKey) implements Access {}

    /**
     * A role, assumed with the platform's own identity or with a key.
     *
     * @param externalId told to the role's owner; keeps other customers from having us open this bucket
     */
    public record Role(String arn, Optional<String> externalId, Optional<Keys> with) implements Access {}

    /** Whatever the process finds in its environment; for the platform's own storage only. */
    public record Ambient() implements Access {}

    /** Server-side encryption. */
    public record Encryption(String algorithm, Optional<String> kmsKeyId) {}

    /** From settings that are well formed. */
    public static S3Settings of(ConnectionSettings settings) {
        Optional<Keys> keys = settings.optionalText("access_key_id")
                .flatMap(id -> settings.optionalSecret("secret_access_key").map(secret -> new Keys(id, secret)));
        Access access = settings.optionalText("role_arn")
                .<Access>map(arn -> new Role(arn, settings.optionalText(EXTERNAL_ID), keys))
                .or(() -> keys)
                .orElseGet(Ambient::new);
        return new S3Settings(
                settings.text("bucket"),
                settings.text("region"),
                access,
                settings.optionalText("endpoint").map(URI::create),
                settings.flag("path_style"),
                settings.optionalText("server_side_encryption")
                        .map(algorithm -> new Encryption(algorithm, settings.optionalText("kms_key_id"))));
    }

    /** What no single setting shows; the platform's own storage needs no credentials, since its process has an identity. */
    public static List<SettingsForm.Problem> problems(ConnectionSettings settings) {
        List<SettingsForm.Problem> problems = new ArrayList<>();
        boolean id = settings.optionalText("access_key_id").isPresent();
        boolean secret = settings.optionalSecret("secret_access_key").isPresent();
        if (id != secret) {
            problems.add(new SettingsForm.Problem(
                    id ? "secret_access_key" : "access_key_id", "An access key has an id and a secret: give both"));
        }
        if (!id && !secret && settings.optionalText("role_arn").isEmpty()) {
            problems.add(new SettingsForm.Problem("role_arn", "Give a role to assume, or an access key"));
        }
        boolean kms = settings.optionalText("server_side_encryption")
                .filter("aws:kms"::equals)
                .isPresent();
        if (settings.optionalText("kms_key_id").isPresent() && !kms) {
            problems.add(new SettingsForm.Problem("kms_key_id", "A KMS key needs server_side_encryption aws:kms"));
        }
        return problems;
    }
}
