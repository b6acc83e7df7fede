package io.sluice.bucket.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connector.ConnectionCheck;
import io.sluice.connector.settings.SettingsForm;
import io.sluice.testsupport.fault.HttpReply;
import io.sluice.testsupport.fault.ScriptedHttpServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a test of a bucket says when something is missing (BKT-9). */
class BucketProbeTest {
    private static final Map<String, String> S3 = Map.of("bucket", "b", "region", "us-east-1", "path_style", "true");

    @Test
    void everyMissingPermissionIsNamedAtOnce() {
        ConnectionCheck check = probe("PUT", 403, "AccessDenied");

        assertThat(check.steps().get(0)).isInstanceOfSatisfying(ConnectionCheck.Failed.class, failed -> assertThat(
                        failed.error().message())
                .contains("s3:PutObject"));
        assertThat(check.steps().get(3)).isInstanceOf(ConnectionCheck.Passed.class);
        assertThat(probe("DELETE", 403, "AccessDenied").steps().get(3))
                .isInstanceOfSatisfying(ConnectionCheck.Failed.class, failed -> {
                    assertThat(failed.error().code()).isEqualTo("TRACKING_BUCKET_DENIED");
                    assertThat(failed.error().message()).contains("s3:DeleteObject");
                });
    }

    @Test
    void withoutTheBucketTheRestIsSkipped() {
        ConnectionCheck check = probe("PUT", 404, "NoSuchBucket");

        assertThat(check.steps().get(0)).isInstanceOfSatisfying(ConnectionCheck.Failed.class, failed -> assertThat(
                        failed.error().code())
                .isEqualTo("TRACKING_BUCKET_MISSING"));
        assertThat(check.steps().subList(1, 4)).allMatch(ConnectionCheck.Skipped.class::isInstance);
    }

    /** A server that refuses one method and does the rest as an empty bucket would. */
    private static ConnectionCheck probe(String refused, int status, String code) {
        try (ScriptedHttpServer server = new ScriptedHttpServer(request -> {
            if (request.line().startsWith(refused)) {
                return answer(status, "<Error><Code>" + code + "</Code></Error>");
            }
            if (request.line().startsWith("DELETE")) {
                return answer(204, "");
            }
            if (request.line().startsWith("GET") && request.line().contains("list-type=2")) {
                return answer(200, "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>");
            }
            return request.line().startsWith("GET")
                    ? answer(404, "<Error><Code>NoSuchKey</Code></Error>")
                    : answer(200, "");
        })) {
            Map<String, String> settings = new HashMap<>(S3);
            settings.putAll(Map.of("endpoint", server.url(), "access_key_id", "id", "secret_access_key", "secret"));
            return BucketProbe.test(StoreType.S3, Stores.open(StoreType.S3, settings));
        }
    }

    private static HttpReply answer(int status, String body) {
        return new HttpReply.Answer(status, Map.of("Content-Type", "application/xml"), body, Duration.ZERO);
    }

    @Test
    void s3SettingsThatBelongTogetherAreAskedForTogether() {
        assertThat(problems(Map.of())).containsExactly("role_arn");
        assertThat(problems(Map.of("access_key_id", "id"))).containsExactly("secret_access_key");
        assertThat(problems(Map.of("role_arn", "arn:aws:iam::1:role/r", "kms_key_id", "k")))
                .containsExactly("kms_key_id");
        assertThat(problems(Map.of("role_arn", "arn:aws:iam::1:role/r"))).isEmpty();
    }

    private static List<String> problems(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(S3);
        settings.putAll(more);
        return StoreType.S3.read(settings) instanceof SettingsForm.Invalid invalid
                ? invalid.problems().stream().map(SettingsForm.Problem::setting).toList()
                : List.of();
    }
}
