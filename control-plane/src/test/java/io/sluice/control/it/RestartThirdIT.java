package io.sluice.control.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sluice.contract.CancelRun;
import io.sluice.contract.RunCommand;
import io.sluice.contract.RunPlan;
import io.sluice.contract.Stage;
import io.sluice.contract.StartRun;
import io.sluice.contract.Topics;
import io.sluice.support.kafka.KafkaSettings;
import io.sluice.testsupport.Eventually;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** After another restart: the half reported run completes, and what waited for Kafka is sent, in order. */
@QuarkusTest
@QuarkusTestResource(LastingParts.class)
@TestProfile(RestartLives.Third.class)
class RestartThirdIT {
    @TestHTTPResource
    URI base;

    @Inject
    KafkaSettings kafka;

    @Test
    void theRunCompletesAndWhatWaitedIsSentInOrder() {
        RestartLives.Notes notes = RestartLives.Notes.find();
        assumeThat(notes.otherRun()).isPositive();
        Api api = Api.as(base, notes.authorization());
        try (Workers workers = new Workers(kafka)) {
            workers.ended(notes.run(), Stage.DIFF, 1, Workers.NOTHING, Workers.NOTHING_LOADED);
            workers.ended(notes.run(), Stage.TRACK, 0, Workers.NOTHING, Workers.NOTHING_LOADED);
            Eventually.eventually(Duration.ofSeconds(60), () -> assertThat(api.get("/sync_runs/" + notes.run())
                            .data()
                            .path("status")
                            .asText())
                    .isEqualTo("completed"));

            long waited = notes.otherRun();
            workers.<RunPlan>await(Topics.RUN_PLANS, record -> record.key().equals(Long.toString(waited)));
            long started = workers.<RunCommand>await(
                            Topics.RUN_COMMANDS,
                            record -> record.value().getCommand() instanceof StartRun start
                                    && start.getSyncRunId() == waited)
                    .offset();
            long stopped = workers.<RunCommand>await(
                            Topics.RUN_COMMANDS,
                            record -> record.value().getCommand() instanceof CancelRun cancel
                                    && cancel.getSyncRunId() == waited)
                    .offset();
            assertThat(stopped).isGreaterThan(started);
            Eventually.eventually(
                    Duration.ofSeconds(10), () -> assertThat(RestartLives.unsent(notes.otherSync(), waited))
                            .isZero());
        }
    }
}
