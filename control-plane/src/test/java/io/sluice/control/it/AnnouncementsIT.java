package io.sluice.control.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ConnectionConfig;
import io.sluice.contract.Topics;
import io.sluice.support.kafka.KafkaSettings;
import io.sluice.support.secret.SettingsCipher;
import io.sluice.testsupport.Eventually;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the workers hear about connections (architecture section 4). */
@QuarkusTest
@QuarkusTestResource(LastingParts.class)
class AnnouncementsIT {
    @TestHTTPResource
    URI base;

    @Inject
    KafkaSettings kafka;

    private Api api;
    private Workers workers;

    @BeforeEach
    void caller() {
        api = Api.inNewWorkspace(base);
        workers = new Workers(kafka);
    }

    @AfterEach
    void close() {
        workers.close();
    }

    @Test
    void theWorkersHearOfConnectionsEncryptedAndOfTheirEnd() {
        long source = api.source();
        String key = "source-" + source;

        ConnectionConfig config = workers.<ConnectionConfig>await(
                        Topics.CONNECTIONS, record -> key.equals(record.key()) && record.value() != null)
                .value();
        assertThat(config.getType()).isEqualTo("fake_warehouse");
        byte[] encrypted = new byte[config.getEncryptedSettings().remaining()];
        config.getEncryptedSettings().duplicate().get(encrypted);
        assertThat(new String(encrypted, StandardCharsets.ISO_8859_1)).doesNotContain("sesame");
        assertThat(new SettingsCipher(LastingParts.SECRET_KEY).decrypt(encrypted, key))
                .containsEntry("password", "open sesame")
                .containsEntry("hostname", "db");

        api.delete("/sources/" + source);
        workers.<ConnectionConfig>await(
                Topics.CONNECTIONS, record -> key.equals(record.key()) && record.value() == null);
    }

    @Test
    void aDestinationGetsItsOperationsTopicWhenItIsMade() {
        long destination = api.destination();

        Eventually.eventually(
                Duration.ofSeconds(30), () -> assertThat(workers.partitions(Topics.operations(destination)))
                        .contains(2));
    }
}
