package io.sluice.connector.destination.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyPiecesTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 1_000_000})
    void aBodyOfAnyLengthArrivesWholeAndEndsOnce(int length) {
        byte[] body = new byte[length];
        new Random(length).nextBytes(body);
        BodyPieces pieces = new BodyPieces(ByteBuffer.wrap(body));

        for (long atATime : new long[] {1, 3, Long.MAX_VALUE}) {
            Collector collector = new Collector(atATime);
            pieces.subscribe(collector);
            assertThat(collector.bytes.toByteArray()).isEqualTo(body);
            assertThat(collector.ends).isEqualTo(1);
        }
        assertThat(pieces.contentLength()).isEqualTo(length);
    }

    @Test
    void nothingComesUnaskedOrAfterACancel() {
        Collector collector = new Collector(0);
        new BodyPieces(ByteBuffer.wrap(new byte[200_000])).subscribe(collector);
        assertThat(collector.bytes.size()).isZero();
        collector.subscription.request(1);
        assertThat(collector.bytes.size()).isEqualTo(65_536);
        collector.subscription.cancel();
        collector.subscription.request(5);
        assertThat(collector.bytes.size()).isEqualTo(65_536);
        assertThat(collector.ends).isZero();
    }

    @Test
    void askingForNoPieceAtAllIsAnError() {
        Collector collector = new Collector(0);
        new BodyPieces(ByteBuffer.wrap(new byte[3])).subscribe(collector);
        collector.subscription.request(0);
        collector.subscription.request(1);
        assertThat(collector.failure).isInstanceOf(IllegalArgumentException.class);
        assertThat(collector.bytes.size() + collector.ends).isZero();
    }

    /** Asks for more while it is given something, as the HTTP client does. */
    private static final class Collector implements Flow.Subscriber<ByteBuffer> {
        private final long atATime;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private Flow.Subscription subscription;
        private Throwable failure;
        private int ends;

        Collector(long atATime) {
            this.atATime = atATime;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            if (atATime > 0) {
                given.request(atATime);
            }
        }

        @Override
        public void onNext(ByteBuffer piece) {
            byte[] copy = new byte[piece.remaining()];
            piece.get(copy);
            bytes.writeBytes(copy);
            if (atATime > 0) {
                subscription.request(atATime);
            }
        }

        @Override
        public void onError(Throwable broken) {
            failure = broken;
        }

        @Override
        public void onComplete() {
            ends++;
        }
    }
}
