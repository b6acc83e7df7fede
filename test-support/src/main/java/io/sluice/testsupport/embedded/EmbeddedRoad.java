package io.sluice.testsupport.embedded;

import io.sluice.embedded.Directories;
import io.sluice.embedded.EmbeddedKafka;
import io.sluice.embedded.EmbeddedPart;
import io.sluice.embedded.EmbeddedPostgres;
import io.sluice.embedded.EmbeddedRegistry;
import io.sluice.embedded.PartsDirectory;
import io.sluice.embedded.Ports;
import io.sluice.testsupport.KafkaPart;
import io.sluice.testsupport.PartsRoad;
import io.sluice.testsupport.PostgresPart;
import io.sluice.testsupport.RegistryPart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Parts as child processes. Their data are in {@code target/test-parts/PID} (or the folder for temporary files) and
 * are deleted when the JVM ends; their logs stay.
 */
public final class EmbeddedRoad implements PartsRoad {
    private static final EmbeddedRoad INSTANCE = new EmbeddedRoad();
    private static final String PASSWORD = "sluice-tests-only";

    private final Queue<EmbeddedPart> made = new ConcurrentLinkedQueue<>();
    private final AtomicInteger number = new AtomicInteger();
    private final Path folder;

    private EmbeddedRoad() {
        try {
            Path target = Path.of("target").toAbsolutePath();
            Path base = Files.isDirectory(target) ? target : Path.of(System.getProperty("java.io.tmpdir"));
            Path parts = Files.createDirectories(base.resolve("test-parts"));
            folder = Files.createTempDirectory(parts, ProcessHandle.current().pid() + "-");
        } catch (IOException e) {
            throw new UncheckedIOException("No folder for the data of test parts", e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "test-parts-end"));
    }

    /** The only one per class loader. */
    public static EmbeddedRoad instance() {
        return INSTANCE;
    }

    @Override
    public KafkaPart startKafka() {
        EmbeddedKafka kafka = newKafka();
        kafka.start();
        return kafka::bootstrapServers;
    }

    @Override
    public PostgresPart startPostgres() {
        EmbeddedPostgres postgres = newPostgres();
        postgres.start();
        return postgres::admin;
    }

    @Override
    public RegistryPart startRegistry() {
        EmbeddedRegistry registry = newRegistry();
        registry.start();
        return registry::url;
    }

    /** A broker with data of its own, not started. */
    public EmbeddedKafka newKafka() {
        String name = name("kafka");
        return remember(new EmbeddedKafka(
                PartsDirectory.find(),
                new EmbeddedKafka.Settings(
                        data(name), Ports.free(), EmbeddedKafka.Settings.DEFAULT_HEAP, log(name), Optional.empty())));
    }

    /** A PostgreSQL server with data of its own, not started; it does not wait for the disk. */
    public EmbeddedPostgres newPostgres() {
        String name = name("postgres");
        return remember(new EmbeddedPostgres(
                PartsDirectory.find(),
                new EmbeddedPostgres.Settings(data(name), Ports.free(), PASSWORD, false, log(name), Optional.empty())));
    }

    /** A registry with schemas in memory, not started. */
    public EmbeddedRegistry newRegistry() {
        return remember(new EmbeddedRegistry(
                PartsDirectory.find(),
                new EmbeddedRegistry.Settings(
                        Ports.free(),
                        Ports.free(),
                        Optional.empty(),
                        EmbeddedRegistry.Settings.DEFAULT_HEAP,
                        folder.toString(),
                        log(name("registry")),
                        Optional.empty())));
    }

    /** An S3 server with one empty bucket, not started. */
    public EmbeddedS3 newS3() {
        String name = name("s3");
        return remember(new EmbeddedS3(Ports.free(), data(name), log(name)));
    }

    private <P extends EmbeddedPart> P remember(P part) {
        made.add(part);
        return part;
    }

    private String name(String kind) {
        return kind + "-" + number.incrementAndGet();
    }

    private Path data(String name) {
        return folder.resolve("data").resolve(name);
    }

    private Path log(String name) {
        return folder.resolve(name + ".log");
    }

    /** Nothing of a test's parts is worth an orderly end. */
    private void end() {
        made.forEach(EmbeddedPart::kill);
        try {
            Directories.delete(folder.resolve("data"));
        } catch (IOException e) {
            // PostgreSQL's orphans may still write; `mvn clean` removes the rest.
            System.getLogger(EmbeddedRoad.class.getName())
                    .log(System.Logger.Level.DEBUG, "Not all data of test parts could be deleted", e);
        }
    }
}
