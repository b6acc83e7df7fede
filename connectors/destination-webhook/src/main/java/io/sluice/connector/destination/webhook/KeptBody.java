package io.sluice.connector.destination.webhook;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * The beginning of an answer's body. The rest is read and dropped, so that the connection can be used again and a
 * server that answers with gigabytes costs no memory.
 *
 * @param text the first bytes, as UTF-8
 * @param complete whether the body arrived to its end
 */
record KeptBody(String text, boolean complete) {

    /** Keeps at most {@code limit} bytes. A body that breaks off is a result, not an exception: the status is known. */
    static HttpResponse.BodyHandler<KeptBody> handler(int limit) {
        return _ -> new Subscriber(limit);
    }

    private static final class Subscriber implements HttpResponse.BodySubscriber<KeptBody> {
        private final CompletableFuture<KeptBody> kept = new CompletableFuture<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final int limit;

        Subscriber(int limit) {
            this.limit = limit;
        }

        @Override
        public CompletionStage<KeptBody> getBody() {
            return kept;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                byte[] chunk = new byte[Math.min(limit - bytes.size(), buffer.remaining())];
                buffer.get(chunk);
                bytes.writeBytes(chunk);
            }
        }

        @Override
        public void onError(Throwable broken) {
            end(false);
        }

        @Override
        public void onComplete() {
            end(true);
        }

        private void end(boolean complete) {
            kept.complete(new KeptBody(bytes.toString(StandardCharsets.UTF_8), complete));
        }
    }
}
