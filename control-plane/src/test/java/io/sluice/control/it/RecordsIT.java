package io.sluice.control.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.control.config.ControlConfig;
import io.sluice.support.kafka.KafkaSettings;
import io.sluice.testsupport.Eventually;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The records endpoints (census-api 3.2, TRK-10): who may ask for what and when; the tracking service is played. */
@QuarkusTest
@QuarkusTestResource(LastingParts.class)
class RecordsIT {
    private static final String ROW =
            """
            {"identifier":"a@b.c","record_payload":"{\\"email\\":\\"a@b.c\\",\\"score\\":1.50}","operation":"upsert",
             "status":"rejected","status_message":"bad email","batch_started_at":"2026-11-21T08:00:00.123456Z",
             "batch_completed_at":"2026-11-21T08:00:01Z"}""";
    private static final String INVALID_ROW =
            """
            {"identifier":null,"record_payload":"","operation":"upsert","status":"NULL","status_message":null,
             "batch_started_at":null,"batch_completed_at":null}""";

    @TestHTTPResource
    URI base;

    @Inject
    KafkaSettings kafka;

    @Inject
    ControlConfig config;

    @Inject
    AgroalDataSource database;

    private Api api;
    private Workers workers;
    private FakeTracking tracking;
    private long sync;
    private long run;

    @BeforeEach
    void aRunThatWorks() throws IOException {
        api = Api.inNewWorkspace(base);
        workers = new Workers(kafka);
        tracking = new FakeTracking(config.trackingUrl());
        sync = api.sync();
        run = api.post("/syncs/" + sync + "/trigger").data().path("sync_run_id").asLong();
    }

    @AfterEach
    void close() {
        workers.close();
        tracking.close();
    }

    @Test
    void recordsArePagedAndThePayloadIsPassedOnAsItIs() {
        tracking.json("records", "{\"total\":31,\"records\":[" + ROW + "," + INVALID_ROW + "]}");

        Api.Answer answer = api.get("/sync_runs/" + run
                + "/records?status=rejected&operation=upsert&primary_identifier=a%26b%20c&page=2&per_page=15");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("pagination").path("total_records").asLong())
                .isEqualTo(31);
        assertThat(answer.body().path("pagination").path("next_page").asInt()).isEqualTo(3);
        assertThat(answer.body().path("next").asText()).contains("/records?").contains("page=3");
        assertThat(answer.raw().body()).contains("\"record_payload\":{\"email\":\"a@b.c\",\"score\":1.50}");
        JsonNode first = answer.data().get(0);
        assertThat(first.propertyStream().map(java.util.Map.Entry::getKey))
                .containsExactly(
                        "identifier",
                        "record_payload",
                        "operation",
                        "status",
                        "status_message",
                        "batch_started_at",
                        "batch_completed_at");
        assertThat(first.path("batch_started_at").asText()).isEqualTo("2026-11-21T08:00:00.123Z");
        assertThat(answer.data().get(1).path("record_payload").isNull()).isTrue();
        assertThat(answer.data().get(1).path("status").asText()).isEqualTo("NULL");
        assertThat(tracking.questions())
                .singleElement()
                .asString()
                .contains("/" + sync + "/" + run + "/records?primary_identifier=a%26b+c&status=rejected")
                .contains("&offset=15&limit=15");
    }

    @Test
    void morePerPageThanAHundredIsAHundred() {
        tracking.json("records", "{\"total\":0,\"records\":[]}");

        assertThat(api.get("/sync_runs/" + run + "/records?per_page=250").status())
                .isEqualTo(200);
        assertThat(tracking.questions().getFirst()).contains("limit=100");
    }

    @Test
    void theCountIsAnArrayOfOne() {
        tracking.json("count", "{\"count\":25}");

        Api.Answer answer = api.get("/sync_runs/" + run + "/records_count?status=invalid");

        assertThat(answer.raw().body()).isEqualTo("{\"status\":\"success\",\"data\":[{\"record_count\":25}]}");
    }

    @Test
    void aSampleTellsReasonsAndCodes() {
        tracking.json("records", "{\"total\":2,\"records\":[" + ROW + "," + INVALID_ROW + "]}");

        Api.Answer answer = api.get("/sync_runs/" + run + "/records_sample?status=invalid");

        assertThat(answer.texts("reason")).containsExactly("bad email", "NULL");
        assertThat(api.get("/sync_runs/" + run + "/records_sample").status()).isEqualTo(400);
    }

    @Test
    void anExportWaitsForTheEndAndItsAddressesNeedNoKey() throws Exception {
        tracking.json(
                "files",
                "{\"files\":[{\"name\":\"records_updated.0.parquet\",\"url\":null},"
                        + "{\"name\":\"records_updated.1.parquet\",\"url\":\"https://bucket.example/x?signed\"}]}");
        tracking.put("records_updated.0.parquet", 200, "application/vnd.apache.parquet", "PAR1");

        Api.Answer early = api.get("/sync_runs/" + run + "/records_export");
        assertThat(early.status()).isEqualTo(425);
        assertThat(early.word()).isEqualTo("error");

        end();
        Api.Answer answer = api.get("/sync_runs/" + run + "/records_export");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.word()).isEqualTo("success");
        assertThat(answer.body().path("urls").get(1).asText()).isEqualTo("https://bucket.example/x?signed");
        String own = answer.body().path("urls").get(0).asText();
        assertThat(plainGet(own).body()).isEqualTo("PAR1");
        assertThat(plainGet(own.replace("updated.0", "updated.1")).statusCode()).isEqualTo(404);
        assertThat(plainGet(own.replaceAll("expires=[0-9]+", "expires=99999999999"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(plainGet(own.substring(0, own.indexOf('?'))).statusCode()).isEqualTo(404);
    }

    @Test
    void columnsMarkedAsPersonalAreMaskedInEverything() throws Exception {
        JsonNode source = api.get("/syncs/" + sync).data().path("source_attributes");
        String marks = "/sources/" + source.path("connection_id").asLong() + "/objects/"
                + source.path("object").path("id").asLong() + "/pii_columns";
        assertThat(api.get(marks).data().path("pii_columns")).isEmpty();
        assertThat(api.send("PUT", marks, "{\"pii_columns\":[\"nope\"]}").status())
                .isEqualTo(400);
        assertThat(api.send("PUT", marks, "{}").status()).isEqualTo(400);
        assertThat(api.send("PUT", marks, "{\"pii_columns\":[\"email\"]}").word())
                .isEqualTo("updated");
        assertThat(api.get(marks).data().path("pii_columns").get(0).asText()).isEqualTo("email");
        tracking.json("records", "{\"total\":0,\"records\":[]}");
        tracking.json("files", "{\"files\":[{\"name\":\"records_updated.0.parquet\",\"url\":null}]}");
        tracking.put("records_updated.0.parquet", 200, "application/vnd.apache.parquet", "PAR1");
        tracking.put("download", 200, "text/csv; charset=utf-8", "REASON\r\n");
        end();

        api.get("/sync_runs/" + run + "/records");
        String url = api.get("/sync_runs/" + run + "/records_export")
                .body()
                .path("urls")
                .get(0)
                .asText();
        plainGet(url);
        HttpResponse<String> download = keyedGet("/sync_runs/" + run + "/records_download?format=csv&status=rejected");

        assertThat(download.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"sync_run_" + run + "_rejected.csv\"");
        assertThat(download.body()).isEqualTo("REASON\r\n");
        assertThat(tracking.questions()).hasSize(4);
        assertThat(tracking.questions().get(1)).as("no address of the bucket").contains("valid_seconds=0");
        assertThat(tracking.questions().stream().filter(question -> !question.contains("/files?")))
                .allMatch(question -> question.contains("mask=email") && question.contains("mask_identifier=true"));
    }

    @Test
    void theHistoryOfARecordTellsWhenItLastArrived() {
        tracking.json(
                "history",
                "{\"events\":[{\"sync_run_id\":" + run + ",\"record\":" + INVALID_ROW + "},{\"sync_run_id\":" + run
                        + ",\"record\":" + ROW + "},{\"sync_run_id\":" + run + ",\"record\":"
                        + ROW.replace("rejected", "succeeded") + "}]}");

        Api.Answer answer = api.get("/syncs/" + sync + "/record_history?primary_identifier=a@b.c&per_page=2");

        assertThat(answer.data()).hasSize(2);
        assertThat(answer.body().path("pagination").path("total_records").asInt())
                .isEqualTo(3);
        assertThat(answer.body().path("last_sent").path("record").path("status").asText())
                .isEqualTo("rejected");
        assertThat(answer.body()
                        .path("last_accepted")
                        .path("record")
                        .path("status")
                        .asText())
                .isEqualTo("succeeded");
        assertThat(answer.body().path("runs_searched").asInt()).isEqualTo(1);
        assertThat(tracking.questions().getFirst()).contains("\"sync_run_id\":" + run);
        assertThat(api.get("/syncs/" + sync + "/record_history").status()).isEqualTo(400);
        assertThat(api.get("/syncs/999999/record_history?primary_identifier=x").status())
                .isEqualTo(404);
    }

    @Test
    void recordsAreThereAtDay13AndGoneAtDay15() throws SQLException {
        tracking.json("records", "{\"total\":0,\"records\":[]}");
        tracking.json("history", "{\"events\":[]}");

        age(13);
        assertThat(api.get("/sync_runs/" + run + "/records").status()).isEqualTo(200);
        age(15);
        Api.Answer gone = api.get("/sync_runs/" + run + "/records");
        assertThat(gone.status()).isEqualTo(410);
        assertThat(gone.word()).isEqualTo("error");
        assertThat(gone.body().path("errors").get(0).path("code").asText()).isEqualTo("RECORDS_EXPIRED");
        assertThat(api.get("/sync_runs/" + run + "/records_export").status()).isEqualTo(410);
        assertThat(api.get("/syncs/" + sync + "/record_history?primary_identifier=x")
                        .body()
                        .path("runs_searched")
                        .asInt())
                .isZero();
    }

    @Test
    void runsOfOthersAndDryRunsHaveNoRecords() {
        Api other = Api.inNewWorkspace(base);
        for (String path : new String[] {"records", "records_count", "records_export", "records_download"}) {
            assertThat(other.get("/sync_runs/" + run + "/" + path).status()).isEqualTo(404);
            assertThat(Api.as(base, null).get("/sync_runs/" + run + "/" + path).status())
                    .isEqualTo(401);
        }
        long dry = api.post("/syncs/" + api.sync() + "/dry_run")
                .data()
                .path("sync_run_id")
                .asLong();
        Api.Answer none = api.get("/sync_runs/" + dry + "/records");
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.body().path("status").asInt()).isEqualTo(404);
        assertThat(none.body().path("message").asText()).contains("dry run");
        assertThat(tracking.questions()).isEmpty();
    }

    @Test
    void wordsThatAreNoneAreAllToldAtOnce() {
        Api.Answer answer = api.get("/sync_runs/" + run + "/records_download?status=fine&operation=explode&format=xls");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("errors").valueStream().map(error -> error.path("field")
                        .asText()))
                .containsExactly("status", "operation", "format");
    }

    @Test
    void aTrackingServiceThatIsAwayIsNoFaultOfTheCaller() throws Exception {
        tracking.put("records", 503, "application/json", "{\"code\":\"TRACKING_BUCKET_FAILED\"}");
        assertUnavailable(api.get("/sync_runs/" + run + "/records"));
        tracking.json("count", "this is no JSON");
        assertUnavailable(api.get("/sync_runs/" + run + "/records_count"));

        tracking.close();
        assertUnavailable(api.get("/sync_runs/" + run + "/records"));
        assertUnavailable(api.get("/sync_runs/" + run + "/records_download"));
        assertUnavailable(api.get("/syncs/" + sync + "/record_history?primary_identifier=x"));
    }

    private static void assertUnavailable(Api.Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body().path("errors").get(0).path("code").asText()).isEqualTo("RECORDS_UNAVAILABLE");
    }

    private void end() {
        workers.complete(run);
        Eventually.eventually(Duration.ofSeconds(30), () -> assertThat(
                        api.get("/sync_runs/" + run).data().path("completed_at").isNull())
                .isFalse());
    }

    private void age(int days) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("update sync_run set created_at = now() - interval '" + days + " days', state ="
                    + " 'completed', completed_at = now() - interval '" + days + " days' where id = " + run);
        }
    }

    private HttpResponse<String> plainGet(String url) throws Exception {
        return get(HttpRequest.newBuilder(URI.create(url)));
    }

    private HttpResponse<String> keyedGet(String path) throws Exception {
        return get(HttpRequest.newBuilder(URI.create(base + "api/v1" + path))
                .header("Authorization", api.authorization()));
    }

    private static HttpResponse<String> get(HttpRequest.Builder request) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
