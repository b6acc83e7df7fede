package io.sluice.standalone.stack;

import io.sluice.embedded.EmbeddedKafka;
import io.sluice.embedded.EmbeddedPart;
import io.sluice.embedded.EmbeddedPostgres;
import io.sluice.embedded.EmbeddedRegistry;
import io.sluice.embedded.PartException;
import io.sluice.embedded.PartsDirectory;
import io.sluice.embedded.PidFiles;
import io.sluice.embedded.Ports;
import io.sluice.embedded.PostgresDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * PostgreSQL, Kafka, Apicurio Registry and the five services on this machine, as child processes of this JVM. Life:
 * {@link #open} → {@link #start()} → {@link #stop()}. {@code stop} may be called from another thread at any time, also
 * while {@code start} runs, and more than once.
 */
public final class Stack implements AutoCloseable {
    private static final int STOP_SECONDS = 30;

    private final Settings settings;
    private final DataDirectory data;
    private final Secrets secrets;
    private final Reporter reporter;
    private final Supervisor supervisor;
    private final EmbeddedPostgres postgres;
    private final EmbeddedKafka kafka;
    private final EmbeddedRegistry registry;
    private final List<Service> services;
    private final List<Service> replicas = new CopyOnWriteArrayList<>();
    private final ExecutorService starters = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch down = new CountDownLatch(1);
    private boolean stopped;

    /**
     * What a user may choose.
     *
     * @param data folder of the stack's state
     * @param host address of the public API
     * @param port port of the public API
     */
    public record Settings(Path data, String host, int port) {
        public Settings {
            Objects.requireNonNull(data);
            Objects.requireNonNull(host);
        }
    }

    private Stack(Settings settings, DataDirectory data, Reporter reporter) {
        this.settings = settings;
        this.data = data;
        this.reporter = reporter;
        this.supervisor = new Supervisor(reporter);
        this.secrets = Secrets.loadOrCreate(data.secrets());
        PartsDirectory parts = PartsDirectory.find();
        PortPlan ports = new PortPlan(data.run().resolve("ports.properties"));
        this.postgres = new EmbeddedPostgres(
                parts,
                new EmbeddedPostgres.Settings(
                        data.postgres(),
                        ports.port("postgres"),
                        secrets.postgresPassword(),
                        true,
                        data.log("postgres"),
                        Optional.of(data.pid("postgres"))));
        this.kafka = new EmbeddedKafka(
                parts,
                new EmbeddedKafka.Settings(
                        data.kafka(),
                        ports.port("kafka"),
                        EmbeddedKafka.Settings.DEFAULT_HEAP,
                        data.log("kafka"),
                        Optional.of(data.pid("kafka"))));
        this.registry = new EmbeddedRegistry(
                parts,
                new EmbeddedRegistry.Settings(
                        ports.port("registry"),
                        ports.port("registry-management"),
                        Optional.of(postgres.database("registry", "registry", secrets.registryPassword())),
                        EmbeddedRegistry.Settings.DEFAULT_HEAP,
                        data.root().toString(),
                        data.log("registry"),
                        Optional.of(data.pid("registry"))));
        this.services = Services.all(
                data,
                secrets,
                ports,
                new Services.Surroundings(
                        kafka.bootstrapServers(),
                        registry.url(),
                        postgres.database("control_plane", "control_plane", secrets.controlPlanePassword()),
                        settings.host(),
                        settings.port()));
        ports.save();
    }

    /**
     * Locks the data folder and checks what can be checked before anything starts.
     *
     * @throws StackException when the folder or the port is not to be had, or a program is missing
     */
    public static Stack open(Settings settings, Reporter reporter) {
        DataDirectory data = DataDirectory.open(settings.data());
        try {
            // Leftovers of a stack that died hold ports: they go before ports are looked at.
            int ended = PidFiles.endLeftovers(data.run(), data.root().toString());
            if (ended > 0) {
                reporter.problem("ended " + ended + " processes that an earlier Sluice left behind");
            }
            ListenCheck.require(settings.host(), settings.port());
            return new Stack(settings, data, reporter);
        } catch (PartException e) {
            release(data);
            throw new StackException(e.getMessage(), e);
        } catch (StackException e) {
            release(data);
            throw e;
        }
    }

    private static void release(DataDirectory data) {
        try {
            data.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The lock of " + data.root() + " cannot be given free", e);
        }
    }

    /**
     * Starts everything and returns when the public API answers.
     *
     * @throws StackException when something does not start; whatever runs then is left to {@link #stop()}
     */
    public void start() {
        try {
            Files.deleteIfExists(data.apiToken());
            reporter.step("starting PostgreSQL, Kafka and the schema registry");
            inParallel(List.of(this::startPostgresAndRegistry, () -> start(kafka)));
            reporter.step("starting "
                    + String.join(
                            ", ", services.stream().map(EmbeddedPart::name).toList()));
            List<Callable<Void>> starts = new ArrayList<>();
            services.forEach(service -> starts.add(() -> start(service)));
            inParallel(starts);
            synchronized (this) {
                if (stopped) {
                    throw new StackException("stopped while starting");
                }
                supervisor.watch(List.of(postgres, kafka, registry));
                supervisor.watch(services);
            }
            PrivateFiles.write(data.apiToken(), secrets.apiKey() + "\n");
        } catch (IOException e) {
            throw new StackException("cannot write into " + data.root() + ": " + e.getMessage(), e);
        }
    }

    private Void startPostgresAndRegistry() {
        start(postgres);
        postgres.ensureDatabase("registry", "registry", secrets.registryPassword());
        postgres.ensureDatabase("control_plane", "control_plane", secrets.controlPlanePassword());
        return start(registry);
    }

    private Void start(EmbeddedPart part) {
        part.start();
        reporter.step(part.name() + " is ready");
        return null;
    }

    private void inParallel(List<Callable<Void>> tasks) {
        List<Future<Void>> running = tasks.stream().map(starters::submit).toList();
        for (Future<Void> task : running) {
            try {
                task.get();
            } catch (ExecutionException e) {
                throw new StackException(e.getCause().getMessage(), e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StackException("interrupted while starting", e);
            }
        }
    }

    /** Stops services first, then registry, Kafka and PostgreSQL, and gives the data folder free; within 30 s. */
    public void stop() {
        boolean first;
        synchronized (this) {
            first = !stopped;
            stopped = true;
        }
        if (!first) {
            awaitDown();
            return;
        }
        try {
            stopInOrder();
        } finally {
            down.countDown();
        }
    }

    private void stopInOrder() {
        supervisor.end();
        starters.shutdownNow();
        reporter.step("stopping");
        try (ExecutorService stoppers = Executors.newVirtualThreadPerTaskExecutor()) {
            services.forEach(service -> stoppers.submit(service::stop));
            replicas.forEach(replica -> stoppers.submit(replica::stop));
        }
        registry.stop();
        kafka.stop();
        postgres.stop();
        awaitStarters();
        release(data);
        reporter.step("stopped");
    }

    private void awaitDown() {
        try {
            if (!down.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                reporter.problem("not everything stopped within " + STOP_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A start that was interrupted between two parts may have begun the next one: look again. */
    private void awaitStarters() {
        try {
            if (starters.awaitTermination(2, TimeUnit.SECONDS)) {
                services.forEach(EmbeddedPart::kill);
                replicas.forEach(EmbeddedPart::kill);
                registry.kill();
                kafka.kill();
                postgres.stop();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The same as {@link #stop()}. */
    @Override
    public void close() {
        stop();
    }

    /** Address of the public API for people and programs on this machine. */
    public String url() {
        return "http://localhost:" + settings.port();
    }

    /** The workspace API key. */
    public String apiKey() {
        return secrets.apiKey();
    }

    /** The stack's folder. */
    public DataDirectory data() {
        return data;
    }

    /** Makes an empty database with an owner of the same name on the stack's server; an old one of this name is dropped. */
    public PostgresDatabase recreateDatabase(String name) {
        postgres.dropDatabase(name);
        return postgres.ensureDatabase(name, name, secrets.demoPassword());
    }

    /** A role of the stack's server that may only read what is in this database now. */
    public PostgresDatabase readerOf(PostgresDatabase database) {
        return postgres.ensureReader(database, database.name() + "_reader", secrets.demoPassword());
    }

    /**
     * Starts one more process of a service beside its first, and returns when it is ready. It is not started again when it
     * ends; it stops with the stack, or before.
     *
     * @param service name of the service, such as {@code loader}
     * @param number number of the replica, from 2 on
     */
    public EmbeddedPart startReplica(String service, int number) {
        Service first = services.stream()
                .filter(known -> known.name().equals(service))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no service " + service));
        Service replica = first.replica(number, Ports.free());
        replicas.add(replica);
        start(replica);
        return replica;
    }

    /** Memory of all children in bytes. */
    public long residentBytes() {
        long parts = postgres.residentBytes() + kafka.residentBytes() + registry.residentBytes();
        return parts + services.stream().mapToLong(EmbeddedPart::residentBytes).sum();
    }
}
