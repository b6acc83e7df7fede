package io.sluice.control.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** census-api 1: every way a client presents its token. */
@QuarkusTest
@QuarkusTestResource(LastingParts.class)
class AuthenticationIT {
    private static final String BARE = LastingParts.WORKSPACE_KEY.substring("secret-token:".length());

    @TestHTTPResource
    URI base;

    @ParameterizedTest
    @ValueSource(strings = {"secret-token:", ""})
    void theKeyOpensItsWorkspaceAsBearerAndAsBasicPassword(String prefix) {
        for (String header : new String[] {
            "Bearer " + prefix + BARE, "Basic " + base64("bearer:" + prefix + BARE),
        }) {
            Api.Answer answer = Api.as(base, header).get("/workspace");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.word()).isEqualTo("success");
            assertThat(answer.data().path("id").asLong()).isEqualTo(1);
            assertThat(answer.data().path("organization_id").asLong()).isEqualTo(1);
            assertThat(answer.data().path("created_at").asText())
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/workspace", "/syncs", "/sources", "/sources/1", "/source_types", "/connectors", "/sync_runs/1"
            })
    void nobodyElseGetsIn(String path) {
        String admin = "Bearer " + LastingParts.ADMIN_TOKEN;
        for (String header : new String[] {null, "Bearer wrong", "Basic " + base64("admin:" + BARE), admin}) {
            Api.Answer answer = Api.as(base, header).get(path);

            assertThat(answer.status()).as("%s with %s", path, header).isEqualTo(401);
            assertThat(answer.body()).hasToString("{\"status\":401}");
        }
    }

    @Test
    void aWorkspaceKeyManagesNoWorkspaces() {
        Api api = Api.as(base, "Bearer " + LastingParts.WORKSPACE_KEY);

        assertThat(api.get("/workspaces").status()).isEqualTo(401);
        assertThat(api.post("/workspaces", "{\"name\":\"x\"}").status()).isEqualTo(401);
        assertThat(api.get("/workspaces/1/api_key").status()).isEqualTo(401);
    }

    @Test
    void theAdminMakesWorkspacesAndReadsTheirKeys() {
        Api admin = Api.as(base, "Bearer " + LastingParts.ADMIN_TOKEN);
        String name = "Team " + System.nanoTime();

        Api.Answer made =
                admin.post("/workspaces", "{\"name\":\"" + name + "\",\"notification_emails\":[\"ops@example.com\"]}");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.word()).isEqualTo("success");
        assertThat(made.data().has("api_key")).isFalse();
        assertThat(made.data().path("notification_emails").get(0).asText()).isEqualTo("ops@example.com");
        long id = made.data().path("id").asLong();
        Api.Answer key = admin.get("/workspaces/" + id + "/api_key");
        assertThat(key.status()).isEqualTo(200);
        assertThat(key.body().size()).isEqualTo(1);
        assertThat(Api.as(base, "Bearer " + key.body().path("api_key").asText())
                        .get("/workspace")
                        .data()
                        .path("id")
                        .asLong())
                .isEqualTo(id);
        assertThat(admin.post("/workspaces", "{\"name\":\"" + name + "\"}").status())
                .isEqualTo(400);
        assertThat(admin.get("/workspaces").data().findValuesAsText("name")).contains(name);
        assertThat(admin.get("/workspaces/999999/api_key").status()).isEqualTo(404);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
