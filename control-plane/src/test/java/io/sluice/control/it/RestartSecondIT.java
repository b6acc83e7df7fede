package io.sluice.control.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** After a restart, while Kafka is away: the API answers and takes triggers; they wait in the outbox. */
@QuarkusTest
@QuarkusTestResource(LastingParts.class)
@TestProfile(RestartLives.Second.class)
class RestartSecondIT {
    @TestHTTPResource
    URI base;

    @Test
    void theApiAnswersAndTakesTriggersThatAreSentLater() {
        RestartLives.Notes notes = RestartLives.Notes.find();
        Api api = Api.as(base, notes.authorization());

        assertThat(api.get("/sync_runs/" + notes.run()).data().path("status").asText())
                .isEqualTo("working");
        assertThat(api.post("/syncs/" + notes.sync() + "/trigger").status()).isEqualTo(409);
        Api.Answer triggered = api.post("/syncs/" + notes.otherSync() + "/trigger");
        assertThat(triggered.status()).isEqualTo(200);
        long run = triggered.data().path("sync_run_id").asLong();
        assertThat(api.post("/sync_runs/" + run + "/cancel").status()).isEqualTo(200);
        assertThat(RestartLives.unsent(notes.otherSync(), run)).isEqualTo(3);
        new RestartLives.Notes(notes.authorization(), notes.sync(), notes.run(), notes.otherSync(), run).leave();
    }
}
