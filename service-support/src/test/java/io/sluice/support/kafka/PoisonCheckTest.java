package io.sluice.support.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.kiota.ApiException;
import com.microsoft.kiota.ApiExceptionBuilder;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class PoisonCheckTest {

    @Test
    void aBrokenMessageIsPoisonAndAnUnreachableRegistryIsNot() {
        assertThat(PoisonCheck.isPoison(unreadable(new SerializationException("Unknown magic byte!"))))
                .isTrue();
        assertThat(PoisonCheck.isPoison(unreadable(new ClassCastException()))).isTrue();
        assertThat(PoisonCheck.isPoison(unreadable(new RuntimeException(new ConnectException("refused")))))
                .isFalse();
        assertThat(PoisonCheck.isPoison(unreadable(new IllegalStateException(new TimeoutException()))))
                .isFalse();
    }

    @Test
    void aRegistryThatCannotAnswerIsWaitedForAndOneThatKnowsNoSuchSchemaIsNot() {
        assertThat(PoisonCheck.isPoison(unreadable(answer(503)))).isFalse();
        assertThat(PoisonCheck.isPoison(unreadable(answer(404)))).isTrue();
    }

    @Test
    void aReaderThatIsBeingStoppedHasSeenNoPoison() {
        assertThat(PoisonCheck.isPoison(unreadable(new IllegalStateException(new InterruptedException()))))
                .isFalse();
    }

    private static ApiException answer(int status) {
        return new ApiExceptionBuilder()
                .withMessage("what the registry said")
                .withResponseStatusCode(status)
                .build();
    }

    private static RecordDeserializationException unreadable(Exception cause) {
        return new RecordDeserializationException(
                RecordDeserializationException.DeserializationExceptionOrigin.VALUE,
                new TopicPartition("t", 0),
                1,
                0,
                TimestampType.CREATE_TIME,
                ByteBuffer.allocate(0),
                ByteBuffer.allocate(0),
                new RecordHeaders(),
                "unreadable",
                cause);
    }
}
