package io.sluice.loader.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoaderConfigTest {

    @Test
    void defaults() {
        LoaderConfig config = read(Map.of());
        assertThat(config.destinations()).containsExactly("*");
        assertThat(config.callsPerSecond()).isEmpty();
        assertThat(config.stretchBytes()).isEqualTo(8 << 20);
        assertThat(config.revokePatience()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.retry().maximumRetries()).isEqualTo(7);
        assertThat(config.retry().baseDelay()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.retry().maximumDelay()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.retry().longestWait()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void everyKey() {
        LoaderConfig config = read(Map.of(
                "sluice.loader.destinations", "postgres,7",
                "sluice.loader.calls-per-second", "2.5",
                "sluice.loader.stretch-bytes", "1000",
                "sluice.loader.revoke-patience", "PT1S",
                "sluice.loader.retry.maximum-retries", "1",
                "sluice.loader.retry.base-delay", "PT0.1S",
                "sluice.loader.retry.maximum-delay", "PT2S",
                "sluice.loader.retry.longest-wait", "PT3S"));
        assertThat(config.destinations()).isEqualTo(List.of("postgres", "7"));
        assertThat(config.callsPerSecond()).hasValue(2.5);
        assertThat(config.stretchBytes()).isEqualTo(1_000);
        assertThat(config.revokePatience()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.retry().maximumRetries()).isEqualTo(1);
        assertThat(config.retry().baseDelay()).isEqualTo(Duration.ofMillis(100));
        assertThat(config.retry().maximumDelay()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.retry().longestWait()).isEqualTo(Duration.ofSeconds(3));
    }

    private static LoaderConfig read(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(LoaderConfig.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(LoaderConfig.class);
    }
}
