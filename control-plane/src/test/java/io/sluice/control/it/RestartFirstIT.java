package io.sluice.control.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.sluice.contract.Stage;
import io.sluice.support.kafka.KafkaSettings;
import io.sluice.testsupport.Eventually;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Before the restart. */
@QuarkusTest
@QuarkusTestResource(LastingParts.class)
@TestProfile(RestartLives.First.class)
class RestartFirstIT {
    @TestHTTPResource
    URI base;

    @Inject
    KafkaSettings kafka;

    @Test
    void aRunIsStartedAndHalfReported() {
        JsonNode workspace = Api.as(base, "Bearer " + LastingParts.ADMIN_TOKEN)
                .post("/workspaces", "{\"name\":\"R" + System.nanoTime() + "\",\"return_workspace_api_key\":true}")
                .data();
        String authorization = "Bearer " + workspace.path("api_key").asText();
        Api api = Api.as(base, authorization);
        long sync = api.sync();
        long otherSync = api.sync();
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
        new RestartLives.Notes(authorization, sync, run, otherSync, 0).leave();
    }
}
