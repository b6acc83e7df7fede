package io.sluice.control.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
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
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;

/** Runs survive a restart of the control plane: three lives of the application on one database and one broker. */
@QuarkusTest
@QuarkusTestResource(LastingParts.class)
@TestProfile(RestartIT.FirstLife.class)
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class RestartIT {
    private static final String NOTES = "sluice.test.control-plane.restart";

    /** A profile of its own makes Quarkus start anew. */
    public static class FirstLife implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.application.name", "first-life");
        }
    }

    /** And once more; the broker cannot be reached in this life. */
    public static class LifeWithoutKafka implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.application.name", "second-life", "sluice.kafka.properties.security.protocol", "SSL");
        }
    }

    /** And once more. */
    public static class LastLife implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.application.name", "last-life");
        }
    }

    @Nested
    @Order(1)
    @TestProfile(FirstLife.class)
    class Before {
        @TestHTTPResource
        URI base;

        @Inject
        KafkaSettings kafka;

        @Test
        void aRunIsStartedAndHalfReported() {
            Api admin = Api.as(base, "Bearer " + LastingParts.ADMIN_TOKEN);
            JsonNode workspace = admin.post(
                            "/workspaces",
                            "{\"name\":\"R" + System.nanoTime() + "\",\"return_workspace_api_key\":true}")
                    .data();
            String token = "Bearer " + workspace.path("api_key").asText();
            Api api = Api.as(base, token);
            long sync = api.sync();
            long other = api.sync();
            long run = api.post("/syncs/" + sync + "/trigger")
                    .data()
                    .path("sync_run_id")
                    .asLong();
            try (Workers workers = new Workers(kafka)) {
                workers.ended(run, Stage.DIFF, 0, Workers.NOTHING, Workers.NOTHING_LOADED);
                workers.ended(run, Stage.TRACK, 1, Workers.NOTHING, Workers.NOTHING_LOADED);
                Eventually.eventually(Duration.ofSeconds(30), () -> assertThat(api.get("/sync_runs/" + run)
                                .data()
                                .path("current_step")
                                .asText())
                        .isEqualTo("Committing sync to warehouse"));
            }
            System.setProperty(NOTES, token + "|" + sync + "|" + run + "|" + other);
        }
    }

    @Nested
    @Order(2)
    @TestProfile(LifeWithoutKafka.class)
    class WithoutKafka {
        @TestHTTPResource
        URI base;

        @Test
        void theApiAnswersAndTakesTriggersThatAreSentLater() throws SQLException {
            String[] notes = System.getProperty(NOTES).split("\\|");
            Api api = Api.as(base, notes[0]);

            assertThat(api.get("/sync_runs/" + notes[2]).data().path("status").asText())
                    .isEqualTo("working");
            assertThat(api.post("/syncs/" + notes[1] + "/trigger").status()).isEqualTo(409);
            Api.Answer triggered = api.post("/syncs/" + notes[3] + "/trigger");
            assertThat(triggered.status()).isEqualTo(200);
            long run = triggered.data().path("sync_run_id").asLong();
            assertThat(api.post("/sync_runs/" + run + "/cancel").status()).isEqualTo(200);
            assertThat(outbox()).isEqualTo(3);
            System.setProperty(NOTES, System.getProperty(NOTES) + "|" + run);
        }
    }

    @Nested
    @Order(3)
    @TestProfile(LastLife.class)
    class After {
        @TestHTTPResource
        URI base;

        @Inject
        KafkaSettings kafka;

        @Test
        void theRestIsReportedTheRunCompletesAndWhatWaitedIsSentInOrder() throws SQLException {
            String[] notes = System.getProperty(NOTES).split("\\|");
            Api api = Api.as(base, notes[0]);
            long run = Long.parseLong(notes[2]);
            long waiting = Long.parseLong(notes[4]);
            try (Workers workers = new Workers(kafka)) {
                workers.ended(run, Stage.DIFF, 1, Workers.NOTHING, Workers.NOTHING_LOADED);
                workers.ended(run, Stage.TRACK, 0, Workers.NOTHING, Workers.NOTHING_LOADED);
                Eventually.eventually(Duration.ofSeconds(30), () -> assertThat(api.get("/sync_runs/" + run)
                                .data()
                                .path("status")
                                .asText())
                        .isEqualTo("completed"));

                workers.<RunPlan>await(Topics.RUN_PLANS, record -> record.key().equals(notes[4]));
                long started = workers.<RunCommand>await(
                                Topics.RUN_COMMANDS,
                                record -> record.value().getCommand() instanceof StartRun start
                                        && start.getSyncRunId() == waiting)
                        .offset();
                long stopped = workers.<RunCommand>await(
                                Topics.RUN_COMMANDS,
                                record -> record.value().getCommand() instanceof CancelRun cancel
                                        && cancel.getSyncRunId() == waiting)
                        .offset();
                assertThat(stopped).isGreaterThan(started);
            }
            Eventually.eventually(
                    Duration.ofSeconds(10), () -> assertThat(outbox()).isZero());
        }
    }

    private static int outbox() throws SQLException {
        String[] database =
                System.getProperty("sluice.test.control-plane.database").split(" ");
        try (Connection connection = DriverManager.getConnection(database[0], database[1], database[2]);
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from outbox")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
