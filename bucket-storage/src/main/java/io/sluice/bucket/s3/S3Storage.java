package io.sluice.bucket.s3;

import io.sluice.bucket.DatedStorage;
import io.sluice.bucket.StorageException;
import io.sluice.bucket.StorageProblem;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sts.model.StsException;

/** A bucket in S3. A put is one PutObject: S3 shows an object only when it is whole. */
public final class S3Storage implements DatedStorage {
    private static final Set<String> UNREACHABLE =
            Set.of("SlowDown", "ServiceUnavailable", "InternalError", "RequestTimeout", "ThrottlingException");
    private static final Set<String> DENIED = Set.of(
            "AccessDenied",
            "AllAccessDisabled",
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "ExpiredToken",
            "InvalidToken",
            "AuthorizationHeaderMalformed");
    private static final Set<String> FULL = Set.of("QuotaExceeded", "XMinioStorageFull", "InsufficientCapacity");

    private final S3Settings settings;
    private final S3Clients clients;
    private final S3Client s3;

    private S3Storage(S3Settings settings, S3Clients clients) {
        this.settings = settings;
        this.clients = clients;
        this.s3 = clients.s3();
    }

    /** A client of a bucket; nothing is asked of the server yet. */
    public static S3Storage open(S3Settings settings) {
        return new S3Storage(settings, S3Clients.open(settings));
    }

    @Override
    public void put(String key, ByteBuffer content) throws StorageException {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(settings.bucket()).key(key);
        settings.encryption().ifPresent(encryption -> {
            request.serverSideEncryption(encryption.algorithm());
            encryption.kmsKeyId().ifPresent(request::ssekmsKeyId);
        });
        calling("write " + key, () -> s3.putObject(request.build(), RequestBody.fromRemainingByteBuffer(content)));
    }

    @Override
    public Optional<ByteBuffer> read(String key) throws StorageException {
        return calling("read " + key, () -> {
            try {
                ResponseBytes<GetObjectResponse> object =
                        s3.getObjectAsBytes(get -> get.bucket(settings.bucket()).key(key));
                return Optional.of(object.asByteBuffer());
            } catch (NoSuchKeyException absent) {
                return Optional.empty();
            }
        });
    }

    @Override
    public ByteBuffer readRange(String key, long offset, int length) throws StorageException {
        if (length == 0) {
            return ByteBuffer.allocate(0);
        }
        String range = "bytes=" + offset + "-" + (offset + length - 1);
        ByteBuffer part = calling("read " + key, () -> s3.getObjectAsBytes(
                        get -> get.bucket(settings.bucket()).key(key).range(range))
                .asByteBuffer());
        if (part.remaining() != length) {
            throw new StorageException(
                    StorageProblem.FAILED, "cannot read " + key + ": it ends before byte " + (offset + length), null);
        }
        return part;
    }

    @Override
    public OptionalLong size(String key) throws StorageException {
        return calling("look for " + key, () -> {
            try {
                return OptionalLong.of(
                        s3.headObject(head -> head.bucket(settings.bucket()).key(key))
                                .contentLength());
            } catch (NoSuchKeyException absent) {
                // an answer to HEAD has no body: a missing bucket looks the same
                s3.headBucket(head -> head.bucket(settings.bucket()));
                return OptionalLong.empty();
            }
        });
    }

    @Override
    public List<String> list(String prefix) throws StorageException {
        return modified(prefix).keySet().stream().sorted().toList();
    }

    @Override
    public Map<String, Instant> modified(String prefix) throws StorageException {
        return calling(
                "list " + prefix,
                () ->
                        s3
                                .listObjectsV2Paginator(
                                        list -> list.bucket(settings.bucket()).prefix(prefix))
                                .contents()
                                .stream()
                                .collect(Collectors.toMap(S3Object::key, S3Object::lastModified)));
    }

    @Override
    public void delete(String key) throws StorageException {
        calling(
                "delete " + key,
                () -> s3.deleteObject(delete -> delete.bucket(settings.bucket()).key(key)));
    }

    @Override
    public Optional<URI> presign(String key, Duration validity) throws StorageException {
        return calling("sign an address of " + key, () -> {
            try (S3Presigner presigner = clients.presigner()) {
                return Optional.of(presigner
                        .presignGetObject(sign -> sign.signatureDuration(validity)
                                .getObjectRequest(
                                        get -> get.bucket(settings.bucket()).key(key)))
                        .url()
                        .toURI());
            } catch (URISyntaxException impossible) {
                throw new IllegalStateException("a signed address is an address", impossible);
            }
        });
    }

    @Override
    public void close() {
        clients.close();
    }

    private <T> T calling(String what, Call<T> call) throws StorageException {
        try {
            return call.make();
        } catch (SdkException failed) {
            throw new StorageException(
                    problem(failed),
                    "cannot " + what + " in bucket " + settings.bucket() + " (" + reason(failed) + ")",
                    failed);
        }
    }

    private static StorageProblem problem(SdkException failed) {
        return switch (failed) {
            case S3Exception answered -> problem(answered);
            case StsException refused ->
                refused.statusCode() >= 500 ? StorageProblem.UNREACHABLE : StorageProblem.DENIED;
            default -> isWithoutCredentials(failed) ? StorageProblem.DENIED : StorageProblem.UNREACHABLE;
        };
    }

    private static StorageProblem problem(S3Exception answered) {
        String code = code(answered.awsErrorDetails());
        if (DENIED.contains(code)) {
            return StorageProblem.DENIED;
        } else if (FULL.contains(code)) {
            return StorageProblem.FULL;
        } else if (UNREACHABLE.contains(code)) {
            return StorageProblem.UNREACHABLE;
        } else if (code.equals("NoSuchKey")) {
            return StorageProblem.FAILED;
        }
        return StorageProblem.ofStatus(answered.statusCode());
    }

    private static boolean isWithoutCredentials(SdkException failed) {
        return String.valueOf(failed.getMessage()).contains("Unable to load credentials");
    }

    private static String reason(SdkException failed) {
        return switch (failed) {
            case S3Exception answered -> status(answered.statusCode(), answered.awsErrorDetails());
            case StsException refused -> "role not assumed: " + status(refused.statusCode(), refused.awsErrorDetails());
            default -> String.valueOf(failed.getMessage());
        };
    }

    private static String status(int status, AwsErrorDetails details) {
        String code = code(details);
        return "HTTP " + status + (code.isEmpty() ? "" : ", " + code);
    }

    /** The server's own word; an answer without a body, as to a HEAD, has none. */
    private static String code(AwsErrorDetails details) {
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    @FunctionalInterface
    private interface Call<T> {
        T make();
    }
}
