package io.sluice.control.bucket;

import io.sluice.bucket.s3.S3Settings;
import io.sluice.bucket.store.StoreType;
import io.sluice.connector.settings.SettingsForm;
import io.sluice.control.connection.Announcements;
import io.sluice.control.connection.ConnectorCalls;
import io.sluice.control.connection.Credentials;
import io.sluice.control.connection.SettingsCheck;
import io.sluice.control.connection.TestedSettings;
import io.sluice.control.error.ApiException;
import io.sluice.control.error.ErrorCode;
import io.sluice.control.error.Problems;
import io.sluice.control.form.FormReader;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Creates, changes and tests buckets. A bucket whose test fails is not saved. Thread-safe. */
public final class BucketService {
    private final Buckets buckets;
    private final ConnectorCalls calls;
    private final Announcements announcements;
    private final Duration testLimit;

    public BucketService(Buckets buckets, ConnectorCalls calls, Announcements announcements, Duration testLimit) {
        this.buckets = buckets;
        this.calls = calls;
        this.announcements = announcements;
        this.testLimit = testLimit;
    }

    /**
     * Makes a bucket; new runs are tracked in it, earlier ones stay where they are (TRK-11).
     *
     * @param caller the workspace or the organization whose key was sent
     * @throws ApiException when the form is wrong, or the bucket's test fails
     */
    public Bucket create(BucketOwner caller, FormReader body) {
        Problems problems = body.problems();
        Optional<String> name = body.requiredText("name");
        Optional<StoreType> type = body.requiredText("type").flatMap(word -> type(body, word));
        body.text("scope").filter(scope -> !scope.equals(caller.scope())).ifPresent(scope -> scope(body, scope));
        Optional<Credentials> credentials = type.map(store -> {
            Map<String, Object> raw = SettingsCheck.raw(body)
                    .<Map<String, Object>>map(HashMap::new)
                    .orElseGet(HashMap::new);
            Credentials given = withExternalId(caller.organizationId(), store, Credentials.given(store.form(), raw));
            note(store, given, body);
            return given;
        });
        problems.throwIfAny();
        TestedSettings tested = test(type.orElseThrow(), credentials.orElseThrow(), body);
        Bucket bucket = buckets.create(caller, name.orElseThrow(), type.get(), tested);
        announcements.publish();
        return bucket;
    }

    /**
     * Changes a bucket's name or credentials; the credentials are merged and tested again. Where it is cannot change: a new
     * bucket is made instead, so that the runs that are in this one are found.
     *
     * @throws ApiException when it does not exist or is another's, or the form is wrong, or the new credentials do not work
     */
    public Bucket update(BucketOwner caller, long bucketId, FormReader body) {
        Bucket bucket = own(caller, bucketId);
        immutable(body, "type", bucket.type().wireName());
        immutable(body, "scope", bucket.owner().scope());
        Optional<Credentials> merged = SettingsCheck.raw(body)
                .filter(raw -> !raw.isEmpty())
                .map(raw -> {
                    Credentials all = withExternalId(
                            caller.organizationId(),
                            bucket.type(),
                            credentials(bucketId).merge(bucket.type().form(), raw));
                    note(bucket.type(), all, body);
                    staysWhereItIs(bucket, all, body);
                    return all;
                });
        body.problems().throwIfAny();
        Optional<TestedSettings> tested = merged.map(credentials -> test(bucket.type(), credentials, body));
        Bucket changed = buckets.update(bucketId, new Buckets.BucketChange(body.text("name"), tested))
                .orElseThrow(() -> ApiException.notFound("bucket", bucketId));
        announcements.publish();
        return changed;
    }

    /** Tests a bucket as it is; a failure is part of the answer. */
    public Bucket test(BucketOwner caller, long bucketId) {
        Bucket bucket = own(caller, bucketId);
        if (bucket.type().read(credentials(bucketId).reveal()) instanceof SettingsForm.Valid valid) {
            buckets.recordTest(bucketId, calls.testBucket(bucket.type(), valid.settings(), testLimit));
        }
        return get(caller, bucketId);
    }

    /**
     * A bucket.
     *
     * @throws ApiException when the caller sees none of that id
     */
    public Bucket get(BucketOwner caller, long bucketId) {
        return buckets.find(caller, bucketId).orElseThrow(() -> ApiException.notFound("bucket", bucketId));
    }

    /**
     * Forgets a bucket. What is in it stays; what runs have still to write goes to the platform's storage.
     *
     * @throws ApiException when it does not exist or is another's
     */
    public void delete(BucketOwner caller, long bucketId) {
        own(caller, bucketId);
        if (!buckets.delete(bucketId)) {
            throw ApiException.notFound("bucket", bucketId);
        }
        announcements.publish();
    }

    private Bucket own(BucketOwner caller, long bucketId) {
        Bucket bucket = get(caller, bucketId);
        if (!bucket.owner().equals(caller)) {
            throw new ApiException(
                    ErrorCode.FORBIDDEN,
                    "Bucket " + bucketId + " is the organization's: only the organization admin's token changes it");
        }
        return bucket;
    }

    private Credentials credentials(long bucketId) {
        return buckets.credentials(bucketId).orElseThrow(() -> ApiException.notFound("bucket", bucketId));
    }

    /** Not the caller's to choose: with another customer's external id Sluice would open that customer's bucket. */
    private Credentials withExternalId(long organizationId, StoreType type, Credentials credentials) {
        return type == StoreType.S3
                ? credentials.merge(type.form(), Map.of(S3Settings.EXTERNAL_ID, buckets.externalId(organizationId)))
                : credentials;
    }

    private static void note(StoreType type, Credentials credentials, FormReader body) {
        if (type.read(credentials.reveal()) instanceof SettingsForm.Invalid invalid) {
            SettingsCheck.note(invalid, body, body.problems());
        }
    }

    private static void staysWhereItIs(Bucket bucket, Credentials changed, FormReader body) {
        for (String setting : bucket.type().location()) {
            Object before = bucket.details().get(setting);
            Object after = changed.reveal().get(setting);
            boolean same = Objects.toString(before, "").equals(Objects.toString(after, ""));
            if (!same) {
                String place = body.place("credentials") + "." + setting;
                body.problems()
                        .add(
                                ErrorCode.IMMUTABLE,
                                place,
                                place
                                        + " cannot change: make a new bucket, and keep this one for the runs that are in it");
            }
        }
    }

    private TestedSettings test(StoreType type, Credentials credentials, FormReader body) {
        return SettingsCheck.test(
                type.read(credentials.reveal()),
                credentials,
                body,
                settings -> calls.testBucket(type, settings, testLimit));
    }

    private static Optional<StoreType> type(FormReader body, String word) {
        Optional<StoreType> type = StoreType.of(word);
        if (type.isEmpty()) {
            body.invalid(
                    "type",
                    "must be one of "
                            + String.join(
                                    ", ",
                                    Arrays.stream(StoreType.values())
                                            .map(StoreType::wireName)
                                            .toList()));
        }
        return type;
    }

    private static void scope(FormReader body, String scope) {
        if (scope.equals("organization")) {
            body.problems()
                    .add(
                            ErrorCode.FORBIDDEN,
                            body.place("scope"),
                            "A bucket of the whole organization is made with the organization admin's token");
        } else {
            body.invalid("scope", "must be workspace with a workspace's key, organization with the admin's token");
        }
    }

    private static void immutable(FormReader body, String key, String value) {
        body.text(key).filter(given -> !given.equals(value)).ifPresent(given -> body.problems()
                .add(
                        ErrorCode.IMMUTABLE,
                        body.place(key),
                        body.place(key) + " cannot be changed from '" + value + "'"));
    }
}
