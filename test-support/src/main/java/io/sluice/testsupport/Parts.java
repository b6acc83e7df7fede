package io.sluice.testsupport;

import io.sluice.embedded.EmbeddedKafka;
import io.sluice.embedded.EmbeddedPostgres;
import io.sluice.embedded.EmbeddedRegistry;
import io.sluice.embedded.PostgresDatabase;
import io.sluice.testsupport.docker.DockerRoad;
import io.sluice.testsupport.embedded.EmbeddedRoad;
import io.sluice.testsupport.embedded.EmbeddedS3;
import java.util.function.Supplier;

/**
 * Real parts for tests. The shared ones are started on first use, live until the test JVM ends, and are the same for
 * all test classes: make topics, consumer groups and databases with names of your own. With a Docker engine they are
 * containers of the official images; without one, or with {@code SLUICE_TEST_DOCKER=off}, child processes of the very
 * same programs.
 *
 * <p>Tests that break a part on purpose start their own one with {@link #ownKafka()}, {@link #ownPostgres()}, {@link #ownS3()} or {@link
 * #ownRegistry()}: always a child process, with {@code kill()} and {@code start()}.
 *
 * <p>Quarkus loads test classes by a class loader of its own; addresses of running parts are therefore kept in system
 * properties, so that both sides see one broker and not two.
 */
public final class Parts {
    private static final String KAFKA = "sluice.test.parts.kafka";
    private static final String POSTGRES = "sluice.test.parts.postgres";
    private static final String REGISTRY = "sluice.test.parts.registry";

    private Parts() {}

    /** The shared broker. */
    public static KafkaPart kafka() {
        String servers = once(KAFKA, () -> Road.chosen().startKafka().bootstrapServers());
        return () -> servers;
    }

    /** The shared PostgreSQL server. */
    public static PostgresPart postgres() {
        String address = once(POSTGRES, () -> {
            PostgresDatabase admin = Road.chosen().startPostgres().superuser();
            return admin.host() + " " + admin.port() + " " + admin.name() + " " + admin.user() + " " + admin.password();
        });
        String[] words = address.split(" ");
        PostgresDatabase admin =
                new PostgresDatabase(words[0], Integer.parseInt(words[1]), words[2], words[3], words[4]);
        return () -> admin;
    }

    /** The shared registry; its schemas live in memory. */
    public static RegistryPart registry() {
        String url = once(REGISTRY, () -> Road.chosen().startRegistry().url());
        return () -> url;
    }

    /** A broker that is not started yet and belongs to the caller, who closes it. */
    public static EmbeddedKafka ownKafka() {
        return EmbeddedRoad.instance().newKafka();
    }

    /** A PostgreSQL server that is not started yet and belongs to the caller, who closes it. */
    public static EmbeddedPostgres ownPostgres() {
        return EmbeddedRoad.instance().newPostgres();
    }

    /** A registry that is not started yet and belongs to the caller, who closes it. */
    public static EmbeddedRegistry ownRegistry() {
        return EmbeddedRoad.instance().newRegistry();
    }

    /** An S3 server that is not started yet and belongs to the caller, who closes it. */
    public static EmbeddedS3 ownS3() {
        return EmbeddedRoad.instance().newS3();
    }

    private static String once(String property, Supplier<String> start) {
        // One lock per JVM, not per class loader: an interned text is the same object for both.
        synchronized (property.intern()) {
            String known = System.getProperty(property);
            if (known == null) {
                known = start.get();
                System.setProperty(property, known);
            }
            return known;
        }
    }

    private static final class Road {
        private static final PartsRoad CHOSEN = DockerRoad.isAvailable() ? new DockerRoad() : EmbeddedRoad.instance();

        private Road() {}

        static PartsRoad chosen() {
            return CHOSEN;
        }
    }
}
