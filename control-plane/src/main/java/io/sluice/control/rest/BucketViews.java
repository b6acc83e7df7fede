package io.sluice.control.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.sluice.bucket.store.StoreType;
import io.sluice.control.bucket.Bucket;
import io.sluice.control.connection.ConnectionTest;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Buckets as the API shows them. */
final class BucketViews {

    private BucketViews() {}

    /** A bucket. */
    @Schema(name = "Bucket")
    record View(
            long id,
            String name,
            String type,
            @Schema(description = "workspace or organization") String scope,
            @Schema(description = "Whether new runs are tracked here, unless a workspace has a bucket of its own")
                    @JsonProperty("in_use")
                    boolean inUse,
            @JsonProperty("created_at") String createdAt,
            @JsonProperty("updated_at") String updatedAt,
            @JsonProperty("last_test_succeeded") Boolean lastTestSucceeded,
            @JsonProperty("last_tested_at") String lastTestedAt,
            @JsonProperty("last_test_results") ConnectionViews.Test lastTestResults,
            @JsonProperty("connection_details") Map<String, Object> connectionDetails) {

        static View of(Bucket bucket) {
            return new View(
                    bucket.id(),
                    bucket.name(),
                    bucket.type().wireName(),
                    bucket.owner().scope(),
                    bucket.inUse(),
                    Timestamps.text(bucket.createdAt()),
                    Timestamps.text(bucket.updatedAt()),
                    bucket.lastTest().map(ConnectionTest::succeeded).orElse(null),
                    Timestamps.text(bucket.lastTest().map(ConnectionTest::testedAt)),
                    bucket.lastTest().map(ConnectionViews.Test::of).orElse(null),
                    bucket.details());
        }
    }

    /** A kind of store. */
    @Schema(name = "BucketType")
    record Type(
            @JsonProperty("service_name") String serviceName,
            String label,
            @Schema(description = "What the credentials must be allowed to do, in the store's words")
                    List<String> permissions,
            @Schema(description = "What the trust policy of a role must ask for")
                    @JsonInclude(JsonInclude.Include.NON_NULL)
                    @JsonProperty("external_id")
                    String externalId,
            @JsonProperty("configuration_fields") ConnectorViews.Form configurationFields) {

        static Type of(StoreType type, String externalId) {
            StoreType.Permissions permissions = type.permissions();
            return new Type(
                    type.wireName(),
                    type.label(),
                    List.of(permissions.write(), permissions.read(), permissions.list(), permissions.delete()),
                    type == StoreType.S3 ? externalId : null,
                    ConnectorViews.Form.of(type.form()));
        }
    }
}
