package io.sluice.testsupport.quarkus;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.sluice.embedded.EmbeddedKafka;
import io.sluice.embedded.PostgresDatabase;
import io.sluice.testsupport.Parts;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Gives a {@code @QuarkusTest} the addresses of real parts:
 *
 * <pre>{@code
 * @QuarkusTest
 * @QuarkusTestResource(value = SluicePartsResource.class,
 *         initArgs = @ResourceArg(name = "parts", value = "kafka,registry,postgres"))
 * }</pre>
 *
 * <p>Arguments: {@code parts}, a list of {@code kafka} (the shared broker), {@code own-kafka} (a broker of this
 * resource alone: services use fixed topic names), {@code registry}, {@code postgres} (a new, empty database as the
 * default data source); default {@code kafka,registry,postgres}. {@code database}: the prefix of the database's name.
 *
 * <p>Sets {@code sluice.kafka.bootstrap-servers}, {@code kafka.bootstrap.servers}, {@code sluice.kafka.registry-url},
 * {@code quarkus.datasource.jdbc.url}, {@code .username} and {@code .password}.
 */
public final class SluicePartsResource implements QuarkusTestResourceLifecycleManager {
    private Set<String> parts = Set.of("kafka", "registry", "postgres");
    private String databasePrefix = "service";
    private Optional<EmbeddedKafka> ownKafka = Optional.empty();

    @Override
    public void init(Map<String, String> arguments) {
        if (arguments.containsKey("parts")) {
            parts = Arrays.stream(arguments.get("parts").split(","))
                    .map(String::strip)
                    .collect(Collectors.toUnmodifiableSet());
        }
        databasePrefix = arguments.getOrDefault("database", databasePrefix);
    }

    @Override
    public Map<String, String> start() {
        CompletableFuture<String> kafka = CompletableFuture.supplyAsync(this::kafka);
        CompletableFuture<Optional<String>> registry = CompletableFuture.supplyAsync(
                () -> parts.contains("registry") ? Optional.of(Parts.registry().url()) : Optional.empty());
        Map<String, String> config = new HashMap<>();
        if (parts.contains("postgres")) {
            PostgresDatabase database = Parts.postgres().newDatabase(databasePrefix);
            config.put("quarkus.datasource.jdbc.url", database.jdbcUrl());
            config.put("quarkus.datasource.username", database.user());
            config.put("quarkus.datasource.password", database.password());
        }
        String bootstrapServers = kafka.join();
        if (!bootstrapServers.isEmpty()) {
            config.put("sluice.kafka.bootstrap-servers", bootstrapServers);
            config.put("kafka.bootstrap.servers", bootstrapServers);
        }
        registry.join().ifPresent(url -> config.put("sluice.kafka.registry-url", url));
        return config;
    }

    private String kafka() {
        if (parts.contains("own-kafka")) {
            EmbeddedKafka kafka = Parts.ownKafka();
            ownKafka = Optional.of(kafka);
            kafka.start();
            return kafka.bootstrapServers();
        }
        return parts.contains("kafka") ? Parts.kafka().bootstrapServers() : "";
    }

    @Override
    public void stop() {
        ownKafka.ifPresent(EmbeddedKafka::kill);
    }
}
