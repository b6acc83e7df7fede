package io.sluice.bucket.gcs;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpResponseException;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.Objects;
import com.google.api.services.storage.model.StorageObject;
import com.google.auth.http.HttpCredentialsAdapter;
import io.sluice.bucket.BucketStorage;
import io.sluice.bucket.StorageException;
import io.sluice.bucket.StorageProblem;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A bucket in Google Cloud Storage. A put is one upload: an object is shown only when it is whole. */
public final class GcsStorage implements BucketStorage {
    private static final String PARQUET_OR_JSON = "application/octet-stream";
    private static final int CONNECT_MILLIS = 5_000;
    private static final int SILENCE_MILLIS = 30_000;
    private static final int NOT_FOUND = 404;

    private final GcsSettings settings;
    private final Storage storage;
    private final GcsSigner signer;

    private GcsStorage(GcsSettings settings, Storage storage) {
        this.settings = settings;
        this.storage = storage;
        this.signer = new GcsSigner(settings, Clock.systemUTC());
    }

    /** A client of a bucket; nothing is asked of the server yet. */
    public static GcsStorage open(GcsSettings settings) {
        HttpCredentialsAdapter credentials = new HttpCredentialsAdapter(settings.account());
        HttpRequestInitializer patient = request -> {
            credentials.initialize(request);
            patience(request);
        };
        Storage storage = new Storage.Builder(new NetHttpTransport(), GsonFactory.getDefaultInstance(), patient)
                .setRootUrl(settings.endpoint() + "/")
                .setApplicationName("sluice")
                .build();
        return new GcsStorage(settings, storage);
    }

    private static void patience(HttpRequest request) {
        request.setConnectTimeout(CONNECT_MILLIS);
        request.setReadTimeout(SILENCE_MILLIS);
        request.setWriteTimeout(SILENCE_MILLIS);
    }

    @Override
    public void put(String key, ByteBuffer content) throws StorageException {
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        calling("write " + key, () -> {
            Storage.Objects.Insert insert = storage.objects()
                    .insert(
                            settings.bucket(),
                            new StorageObject().setName(key),
                            new ByteArrayContent(PARQUET_OR_JSON, bytes));
            insert.getMediaHttpUploader().setDirectUploadEnabled(true);
            insert.setDisableGZipContent(true); // what is stored is packed already
            return insert.execute();
        });
    }

    @Override
    public Optional<ByteBuffer> read(String key) throws StorageException {
        return calling("read " + key, () -> {
            try (InputStream body =
                    storage.objects().get(settings.bucket(), key).executeMediaAsInputStream()) {
                return Optional.of(ByteBuffer.wrap(body.readAllBytes()));
            } catch (HttpResponseException absent) {
                requireNotFound(absent);
                return Optional.empty();
            }
        });
    }

    @Override
    public ByteBuffer readRange(String key, long offset, int length) throws StorageException {
        if (length == 0) {
            return ByteBuffer.allocate(0);
        }
        byte[] part = calling("read " + key, () -> {
            Storage.Objects.Get get = storage.objects().get(settings.bucket(), key);
            get.getRequestHeaders().setRange("bytes=" + offset + "-" + (offset + length - 1));
            try (InputStream body = get.executeMediaAsInputStream()) {
                return body.readNBytes(length);
            } catch (HttpResponseException absent) {
                requireNotFound(absent);
                return new byte[0];
            }
        });
        if (part.length != length) {
            throw new StorageException(
                    StorageProblem.FAILED, "cannot read " + key + ": it ends before byte " + (offset + length), null);
        }
        return ByteBuffer.wrap(part);
    }

    @Override
    public OptionalLong size(String key) throws StorageException {
        return calling("look for " + key, () -> {
            try {
                return OptionalLong.of(storage.objects()
                        .get(settings.bucket(), key)
                        .setFields("size")
                        .execute()
                        .getSize()
                        .longValueExact());
            } catch (HttpResponseException absent) {
                requireNotFound(absent);
                return OptionalLong.empty();
            }
        });
    }

    /** An object that is not there: the same status as a bucket that is not there. */
    private void requireNotFound(HttpResponseException absent) throws IOException {
        if (absent.getStatusCode() != NOT_FOUND) {
            throw absent;
        }
        storage.objects().list(settings.bucket()).setMaxResults(1L).execute();
    }

    @Override
    public List<String> list(String prefix) throws StorageException {
        return calling("list " + prefix, () -> {
            List<String> keys = new ArrayList<>();
            String page = null;
            do {
                Objects objects = storage.objects()
                        .list(settings.bucket())
                        .setPrefix(prefix)
                        .setFields("items(name),nextPageToken")
                        .setPageToken(page)
                        .execute();
                if (objects.getItems() != null) {
                    objects.getItems().forEach(object -> keys.add(object.getName()));
                }
                page = objects.getNextPageToken();
            } while (page != null);
            Collections.sort(keys);
            return keys;
        });
    }

    @Override
    public void delete(String key) throws StorageException {
        calling("delete " + key, () -> {
            try {
                return storage.objects().delete(settings.bucket(), key).execute();
            } catch (HttpResponseException absent) {
                requireNotFound(absent);
                return null;
            }
        });
    }

    @Override
    public Optional<URI> presign(String key, Duration validity) {
        return Optional.of(signer.sign(key, validity));
    }

    private <T> T calling(String what, Call<T> call) throws StorageException {
        try {
            return call.make();
        } catch (HttpResponseException answered) {
            throw new StorageException(
                    problem(answered),
                    "cannot " + what + " in bucket " + settings.bucket() + " (HTTP " + answered.getStatusCode()
                            + reason(answered) + ")",
                    answered);
        } catch (IOException unreachable) {
            throw new StorageException(
                    StorageProblem.UNREACHABLE,
                    "cannot " + what + " in bucket " + settings.bucket() + " (" + unreachable.getMessage() + ")",
                    unreachable);
        }
    }

    private static StorageProblem problem(HttpResponseException answered) {
        return StorageProblem.ofStatus(answered.getStatusCode());
    }

    private static String reason(HttpResponseException answered) {
        return answered instanceof GoogleJsonResponseException json
                        && json.getDetails() != null
                        && json.getDetails().getMessage() != null
                ? ", " + json.getDetails().getMessage()
                : "";
    }

    @FunctionalInterface
    private interface Call<T> {
        T make() throws IOException;
    }
}
