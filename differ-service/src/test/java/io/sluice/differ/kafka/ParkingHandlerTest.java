package io.sluice.differ.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler.DeserializationHandlerResponse;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ParkingHandlerTest {

    @Test
    @DisplayName("A message is not parked because the registry did not answer in time: its run would never end")
    void registryThatDoesNotAnswer() {
        // Given a handler that has nowhere to park
        ParkingHandler handler = new ParkingHandler();

        // When
        DeserializationHandlerResponse response = handler.handle(
                (ErrorHandlerContext) null,
                new ConsumerRecord<>("sluice.source-records", 0, 7, new byte[0], new byte[0]),
                new IllegalStateException("The schema registry did not answer", new TimeoutException()));

        // Then the thread ends, and its successor reads the message again
        assertThat(response).isEqualTo(DeserializationHandlerResponse.FAIL);
    }
}
