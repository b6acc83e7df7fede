package io.sluice.connector.destination.webhook;

import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Hands a request's body to the HTTP client in pieces of the one array it was written into. The client's own publisher of
 * arrays copies all of it first, into pieces a quarter as large, each of which is a trip through the client's threads and a
 * call to the kernel. May be subscribed to again.
 */
final class BodyPieces implements HttpRequest.BodyPublisher {
    private static final int PIECE = 64 << 10;

    private final ByteBuffer body;

    /**
     * A publisher.
     *
     * @param body not to be changed any more
     */
    BodyPieces(ByteBuffer body) {
        this.body = body.asReadOnlyBuffer();
    }

    @Override
    public long contentLength() {
        return body.remaining();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        subscriber.onSubscribe(new Pieces(body.duplicate(), subscriber));
    }

    /** One passage through the body. Whoever asks while nobody hands over does it; so pieces come one after the other. */
    private static final class Pieces implements Flow.Subscription {
        private final ByteBuffer left;
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private final AtomicLong wanted = new AtomicLong();
        private volatile boolean ended;

        Pieces(ByteBuffer left, Flow.Subscriber<? super ByteBuffer> subscriber) {
            this.left = left;
            this.subscriber = subscriber;
        }

        @Override
        public void request(long pieces) {
            if (pieces <= 0) {
                end(() -> subscriber.onError(new IllegalArgumentException("at least one piece must be asked for")));
                return;
            }
            if (wanted.getAndAccumulate(pieces, Pieces::capped) > 0) {
                return;
            }
            do {
                handOver();
            } while (!ended && wanted.decrementAndGet() > 0);
        }

        private void handOver() {
            if (left.hasRemaining() && !ended) {
                int size = Math.min(PIECE, left.remaining());
                ByteBuffer piece = left.slice(left.position(), size);
                left.position(left.position() + size);
                subscriber.onNext(piece);
            }
            if (!left.hasRemaining()) {
                end(subscriber::onComplete);
            }
        }

        private void end(Runnable last) {
            if (!ended) {
                ended = true;
                last.run();
            }
        }

        private static long capped(long before, long more) {
            return Long.MAX_VALUE - before < more ? Long.MAX_VALUE : before + more;
        }

        @Override
        public void cancel() {
            ended = true;
        }
    }
}
