package io.sluice.bucket.s3;

import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * The clients of one bucket and what they share.
 *
 * @param sts asks for the role's credentials; empty when no role is assumed
 */
record S3Clients(
        S3Settings settings,
        SdkHttpClient http,
        AwsCredentialsProvider credentials,
        Optional<StsClient> sts,
        S3Client s3)
        implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final Duration TRY = Duration.ofSeconds(40);
    private static final Duration CALL = Duration.ofSeconds(90);
    private static final String SESSION = "sluice";

    static S3Clients open(S3Settings settings) {
        SdkHttpClient http = ApacheHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(SILENCE)
                .build();
        Optional<StsClient> sts = settings.access() instanceof S3Settings.Role role
                ? Optional.of(sts(settings, role, http))
                : Optional.empty();
        AwsCredentialsProvider credentials =
                switch (settings.access()) {
                    case S3Settings.Keys keys -> fixed(keys);
                    case S3Settings.Role role -> assumed(role, sts.orElseThrow());
                    case S3Settings.Ambient ambient ->
                        DefaultCredentialsProvider.builder().build();
                };
        return new S3Clients(settings, http, credentials, sts, s3(settings, http, credentials));
    }

    private static S3Client s3(S3Settings settings, SdkHttpClient http, AwsCredentialsProvider credentials) {
        S3ClientBuilder builder = S3Client.builder()
                .httpClient(http)
                .region(Region.of(settings.region()))
                .credentialsProvider(credentials)
                .forcePathStyle(settings.pathStyle())
                // other servers do not know the newer checksums
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .apiCallAttemptTimeout(TRY)
                        .apiCallTimeout(CALL)
                        .build());
        settings.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private static AwsCredentialsProvider fixed(S3Settings.Keys keys) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(
                keys.accessKeyId(), keys.secretAccessKey().reveal()));
    }

    private static StsClient sts(S3Settings settings, S3Settings.Role role, SdkHttpClient http) {
        return StsClient.builder()
                .httpClient(http)
                .region(Region.of(settings.region()))
                .credentialsProvider(
                        role.with().map(S3Clients::fixed).orElseGet(() -> DefaultCredentialsProvider.builder()
                                .build()))
                // servers such as MinIO answer STS calls at the same address
                .applyMutation(builder -> settings.endpoint().ifPresent(builder::endpointOverride))
                .build();
    }

    private static AwsCredentialsProvider assumed(S3Settings.Role role, StsClient sts) {
        return StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts)
                .refreshRequest(assume -> {
                    assume.roleArn(role.arn()).roleSessionName(SESSION);
                    role.externalId().ifPresent(assume::externalId);
                })
                .build();
    }

    /** Signs addresses; asks no server, apart from what the credentials need. */
    S3Presigner presigner() {
        S3Presigner.Builder builder = S3Presigner.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(credentials)
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(settings.pathStyle())
                        .build());
        settings.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    @Override
    public void close() {
        s3.close();
        sts.ifPresent(StsClient::close);
        http.close();
    }
}
