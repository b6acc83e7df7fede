package io.sluice.testsupport.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import io.sluice.embedded.PostgresDatabase;
import io.sluice.testsupport.KafkaPart;
import io.sluice.testsupport.PartsRoad;
import io.sluice.testsupport.PostgresPart;
import io.sluice.testsupport.RegistryPart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/** Parts as containers of the official images; Testcontainers removes them when the JVM ends. */
public final class DockerRoad implements PartsRoad {
    private static final System.Logger LOG = System.getLogger(DockerRoad.class.getName());
    private static final DockerImageName KAFKA = DockerImageName.parse("apache/kafka:4.1.1");
    private static final DockerImageName POSTGRES = DockerImageName.parse("postgres:18");
    private static final DockerImageName REGISTRY = DockerImageName.parse("apicurio/apicurio-registry:3.3.3");
    private static final int REGISTRY_PORT = 8080;
    private static final Duration READY = Duration.ofMinutes(3);

    /**
     * True when {@code SLUICE_TEST_DOCKER} is not {@code off}, a Docker engine answers and it has the images or can get
     * them: an engine without a way to a registry is of no use here.
     */
    public static boolean isAvailable() {
        String wish =
                System.getProperty("sluice.test.docker", System.getenv().getOrDefault("SLUICE_TEST_DOCKER", "auto"));
        if ("off".equalsIgnoreCase(wish)) {
            return false;
        }
        // Asking Testcontainers takes a second and prints stack traces: only where an engine is likely.
        boolean likely = System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock"));
        return likely
                && DockerClientFactory.instance().isDockerAvailable()
                && Stream.of(KAFKA, POSTGRES, REGISTRY).allMatch(DockerRoad::canHave);
    }

    private static boolean canHave(DockerImageName image) {
        DockerClient docker = DockerClientFactory.lazyClient();
        String name = image.asCanonicalNameString();
        try {
            docker.inspectImageCmd(name).exec();
            return true;
        } catch (NotFoundException notYet) {
            LOG.log(System.Logger.Level.DEBUG, "The image {0} is not here yet", name);
        }
        try {
            return docker.pullImageCmd(name).start().awaitCompletion(READY.toSeconds(), TimeUnit.SECONDS);
        } catch (RuntimeException refused) {
            // The client wraps what goes wrong on its way to a registry in more than one kind of exception.
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Docker is here, but cannot get {0} ({1}): tests use child processes instead of containers",
                    name,
                    refused.getMessage());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public KafkaPart startKafka() {
        KafkaContainer kafka = new KafkaContainer(KAFKA)
                .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                .withEnv("KAFKA_MESSAGE_MAX_BYTES", Integer.toString(16 << 20))
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
        kafka.start();
        return kafka::getBootstrapServers;
    }

    @Override
    public PostgresPart startPostgres() {
        PostgreSQLContainer postgres = new PostgreSQLContainer(POSTGRES).withCommand("postgres", "-c", "fsync=off");
        postgres.start();
        PostgresDatabase admin = new PostgresDatabase(
                postgres.getHost(),
                postgres.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                postgres.getDatabaseName(),
                postgres.getUsername(),
                postgres.getPassword());
        return () -> admin;
    }

    @Override
    @SuppressWarnings("resource") // lives until the JVM ends
    public RegistryPart startRegistry() {
        GenericContainer<?> registry = new GenericContainer<>(REGISTRY)
                .withExposedPorts(REGISTRY_PORT)
                .waitingFor(Wait.forHttp("/apis/registry/v3/system/info").withStartupTimeout(READY));
        registry.start();
        String url = "http://" + registry.getHost() + ":" + registry.getMappedPort(REGISTRY_PORT) + "/apis/registry/v3";
        return () -> url;
    }
}
