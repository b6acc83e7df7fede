package io.sluice.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A Kafka broker in KRaft mode on the loopback address, in a JVM of its own: one node, replication factor 1, no
 * automatic topics. Its data directory is formatted on the first start and used again after, also after kill -9.
 */
public final class EmbeddedKafka extends ChildPart {
    private static final Duration READY = Duration.ofSeconds(120);
    private static final Duration ORDERLY = Duration.ofSeconds(12);
    private static final int FORMAT_SECONDS = 120;
    private static final String STARTED = "Kafka Server started";

    private final PartsDirectory parts;
    private final Settings settings;

    /**
     * How the broker runs.
     *
     * @param dataDirectory where its log segments and settings are; made when missing
     * @param port TCP port on the loopback address
     * @param maxHeap largest heap, such as {@code 384m}
     * @param logFile what the broker says
     * @param pidFile where to keep its process id, or empty
     */
    public record Settings(Path dataDirectory, int port, String maxHeap, Path logFile, Optional<Path> pidFile) {
        /** Enough for the embedded stack. */
        public static final String DEFAULT_HEAP = "384m";

        public Settings {
            dataDirectory = dataDirectory.toAbsolutePath().normalize();
            Objects.requireNonNull(maxHeap);
            Objects.requireNonNull(logFile);
            Objects.requireNonNull(pidFile);
        }
    }

    /** A broker that does not run yet. */
    public EmbeddedKafka(PartsDirectory parts, Settings settings) {
        super("kafka", ORDERLY);
        this.parts = Objects.requireNonNull(parts);
        this.settings = Objects.requireNonNull(settings);
    }

    /** What clients connect to. */
    public String bootstrapServers() {
        return "127.0.0.1:" + settings.port();
    }

    @Override
    protected ChildProcess launch() {
        Path properties = writeProperties();
        if (!Files.exists(logDirectory().resolve("meta.properties"))) {
            format(properties);
        }
        ChildProcess process = ChildProcess.start(ChildSpec.java(
                name(),
                java(settings.maxHeap()).main(classPath(), "kafka.Kafka", properties.toString()),
                Map.of(),
                settings.logFile(),
                settings.dataDirectory().toString(),
                settings.pidFile()));
        process.awaitReady(() -> process.logSinceStart().contains(STARTED), READY);
        return process;
    }

    private JavaCommand java(String heap) {
        return new JavaCommand(heap)
                .options("-XX:TieredStopAtLevel=1", "-XX:MaxDirectMemorySize=128m")
                .property("org.slf4j.simpleLogger.defaultLogLevel", "warn")
                .property("org.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer", "info")
                .property("org.slf4j.simpleLogger.log.kafka.server.BrokerLifecycleManager", "info")
                .property("org.slf4j.simpleLogger.showDateTime", "true")
                .property("org.slf4j.simpleLogger.dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    }

    private String classPath() {
        return parts.kafkaJars().resolve("*").toString();
    }

    private Path logDirectory() {
        return settings.dataDirectory().resolve("log");
    }

    private void format(Path properties) {
        byte[] id = new byte[16];
        new SecureRandom().nextBytes(id);
        String clusterId = Base64.getUrlEncoder().withoutPadding().encodeToString(id);
        // An id that starts with '-' would be read as an option.
        List<String> command = java("128m")
                .main(
                        classPath(),
                        "kafka.tools.StorageTool",
                        "format",
                        "--cluster-id=" + clusterId,
                        "--config",
                        properties.toString(),
                        "--ignore-formatted");
        try {
            Files.createDirectories(settings.logFile().toAbsolutePath().getParent());
            Process format = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(settings.logFile().toFile()))
                    .start();
            if (!format.waitFor(FORMAT_SECONDS, TimeUnit.SECONDS) || format.exitValue() != 0) {
                format.destroyForcibly();
                throw new PartException("Kafka could not format its data directory " + settings.dataDirectory()
                        + "; see " + settings.logFile() + "\n"
                        + LogFiles.lastLines(LogFiles.from(settings.logFile(), 0), 10));
            }
        } catch (IOException e) {
            throw new PartException("Kafka could not format its data directory: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PartException("Interrupted while formatting the data directory of Kafka", e);
        }
    }

    /*
     * The session of a killed broker must end before the restarted one may register: 4 s instead of 9. The quorum of one
     * is static, since its port may be another one on each start, which a dynamic quorum would not follow.
     */
    private Path writeProperties() {
        int controllerPort = Ports.free();
        String text =
                """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=CLIENT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=CLIENT://127.0.0.1:%1$d
                listener.security.protocol.map=CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT
                inter.broker.listener.name=CLIENT
                controller.listener.names=CONTROLLER
                log.dirs=%3$s
                num.network.threads=2
                num.io.threads=4
                background.threads=4
                num.recovery.threads.per.data.dir=2
                auto.create.topics.enable=false
                num.partitions=1
                default.replication.factor=1
                min.insync.replicas=1
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=4
                offsets.topic.segment.bytes=16777216
                offsets.retention.minutes=43200
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=4
                transaction.state.log.segment.bytes=16777216
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                share.coordinator.state.topic.num.partitions=1
                group.initial.rebalance.delay.ms=0
                message.max.bytes=16777216
                log.segment.bytes=67108864
                log.index.size.max.bytes=2097152
                log.retention.hours=168
                log.retention.check.interval.ms=60000
                log.cleaner.threads=1
                log.cleaner.dedupe.buffer.size=16777216
                log.cleaner.io.buffer.size=262144
                broker.session.timeout.ms=4000
                broker.heartbeat.interval.ms=1000
                metadata.max.idle.interval.ms=5000
                """
                        .formatted(
                                settings.port(),
                                controllerPort,
                                escape(logDirectory().toString()));
        try {
            Files.createDirectories(logDirectory());
            Path file = settings.dataDirectory().resolve("server.properties");
            Files.writeString(file, text, StandardCharsets.ISO_8859_1);
            return file;
        } catch (IOException e) {
            throw new PartException("Cannot write the settings of Kafka: " + e.getMessage(), e);
        }
    }

    /** Properties files know backslash escapes and Latin letters only. */
    private static String escape(String value) {
        StringBuilder escaped = new StringBuilder();
        for (char c : value.toCharArray()) {
            if (c == '\\') {
                escaped.append("\\\\");
            } else if (c < ' ' || c > '~') {
                escaped.append("\\u%04x".formatted((int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
