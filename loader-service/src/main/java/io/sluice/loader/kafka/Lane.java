package io.sluice.loader.kafka;

import io.sluice.contract.OperationsEvent;
import io.sluice.contract.OutcomesEvent;
import io.sluice.contract.Topics;
import io.sluice.loader.destination.DestinationOpener;
import io.sluice.loader.destination.DestinationSlot;
import io.sluice.loader.dispatch.Dispatcher;
import io.sluice.loader.rate.CallPacer;
import io.sluice.loader.run.LaneContext;
import io.sluice.loader.run.LoadMetrics;
import io.sluice.loader.run.RunBook;
import io.sluice.support.kafka.TopicProvisioner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that goes to one destination (architecture section 5): a consumer group, a connection, a pace. Runs on a
 * thread of its own; when its session ends with an error the next one begins, after a growing pause, from what is
 * committed.
 */
final class Lane {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** Whoever has taken over needs a moment to become a member of the group. */
    private static final Duration FIRST_STAND_BACK = Duration.ofSeconds(2);

    /** To look costs one request, and after a broker's death the other may be this process's own dead predecessor. */
    private static final Duration LONGEST_STAND_BACK = Duration.ofSeconds(8);

    /** Messages hold up to two thousand operations: few per poll keep what is in hand, and outlives collections, small. */
    private static final int MESSAGES_PER_POLL = 4;

    private final long destinationId;
    private final LaneEnvironment environment;
    private final LoadMetrics metrics;
    private final Consumer<Lane> whenRetired;
    private final DestinationSlot slot;
    private final CallPacer pacer;
    private final Suspects suspects = new Suspects();
    private final AtomicInteger partitionsHeld = new AtomicInteger();
    private final NameTaken nameTaken;
    private final CountDownLatch stopSignal = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean stopping;
    private volatile boolean standsBack;
    private volatile boolean leaving;
    private volatile boolean retiring;
    private volatile boolean retired;
    private volatile long busyAt = System.nanoTime();
    private volatile long lastBeat = System.nanoTime();
    private volatile String lastError = "";

    /** Of the last session; read and written by the lane's thread. */
    private String memberId = "";

    /**
     * Makes a lane that is not started.
     *
     * @param destinationId the destination
     * @param opener opens it with its latest settings
     * @param metrics told what the lane does
     * @param environment what all lanes share
     * @param whenRetired called on the lane's thread when it ends because its destination was deleted
     */
    Lane(
            long destinationId,
            DestinationOpener opener,
            LoadMetrics metrics,
            LaneEnvironment environment,
            Consumer<Lane> whenRetired) {
        this.whenRetired = whenRetired;
        this.destinationId = destinationId;
        this.environment = environment;
        this.metrics = metrics;
        this.pacer = new CallPacer(
                environment.settings().callsPerSecond(), environment.time().nanos());
        this.slot = new DestinationSlot(opener, limits -> pacer.limit(limits.callsPerSecond()));
        this.nameTaken = new NameTaken(environment.clients(), group(destinationId));
        this.thread = Thread.ofPlatform().daemon().name("lane-" + destinationId).unstarted(this::live);
    }

    /** The lane's consumer group. */
    static String group(long destinationId) {
        return "sluice.loader." + destinationId;
    }

    /** Starts working. */
    void start() {
        thread.start();
    }

    /**
     * The destination's settings have changed, or it was deleted: runs that begin from now on use what is there now. The
     * lane of a deleted destination goes on until it has had nothing to do for a while; then it ends by itself.
     *
     * @return false when it has ended that way already: who needs a lane needs another one
     */
    synchronized boolean settingsChanged(boolean deleted) {
        slot.renew();
        retiring = deleted;
        return !retired;
    }

    private synchronized void retireIfStillDeleted() {
        if (retiring) {
            retired = true;
            stop(true);
        }
    }

    /**
     * Asks the lane to finish its calls, commit and end.
     *
     * @param leave whether its partitions go to other replicas at once; otherwise they wait a session timeout for this
     *     replica to come back
     */
    void stop(boolean leave) {
        leaving = leave;
        stopping = true;
        stopSignal.countDown();
    }

    /** Waits for the end after {@link #stop}. */
    boolean awaitEnd(Duration patience) throws InterruptedException {
        return thread.join(patience);
    }

    /** How the lane is. */
    LaneStatus status() {
        Duration silence = Duration.ofNanos(System.nanoTime() - lastBeat);
        return new LaneStatus(destinationId, thread.isAlive(), silence, partitionsHeld.get(), lastError, standsBack);
    }

    private void live() {
        Duration pause = FIRST_PAUSE;
        while (!stopping) {
            long startedAt = System.nanoTime();
            try {
                runSession();
            } catch (InterruptedException interrupted) {
                stopping = true;
            } catch (RuntimeException | LinkageError failed) {
                lastError = failed.toString();
                boolean wasFine = System.nanoTime() - startedAt > LONGEST_PAUSE.toNanos();
                pause = wasFine ? FIRST_PAUSE : longer(pause);
                if (NameTaken.isFencing(failed)) {
                    standBack();
                } else {
                    LOG.warn("lane {} starts again in {} ms", destinationId, pause.toMillis(), failed);
                    sleep(pause);
                }
            }
        }
        slot.close();
        if (retired) {
            whenRetired.accept(this);
        }
    }

    private static Duration longer(Duration pause) {
        return longer(pause, LONGEST_PAUSE);
    }

    private static Duration longer(Duration pause, Duration longest) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(longest) > 0 ? longest : doubled;
    }

    /** Comes back when nobody else works under this name any more; the pauses between two looks grow. */
    private void standBack() {
        LOG.warn("lane {} was fenced: {}", destinationId, nameTaken.reason());
        Duration pause = FIRST_STAND_BACK;
        sleep(pause);
        try {
            while (!stopping && nameTaken.byAnother(memberId).orElse(true)) {
                lastError = nameTaken.reason();
                standsBack = true;
                pause = longer(pause, LONGEST_STAND_BACK);
                sleep(pause);
            }
        } catch (InterruptedException interrupted) {
            stopping = true;
        } catch (RuntimeException unasked) {
            LOG.warn("lane {} could not ask Kafka who works under its name", destinationId, unasked);
        }
        standsBack = false;
    }

    private void sleep(Duration pause) {
        try {
            if (stopSignal.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                stopping = true;
            }
        } catch (InterruptedException interrupted) {
            stopping = true;
        }
    }

    private void runSession() throws InterruptedException {
        new TopicProvisioner(environment.clients())
                .ensure(List.of(Topics.operationsDefinition(
                        destinationId, environment.clients().settings().partitions())));
        String instance = environment.clients().settings().instance();
        // first the producer: it ends whatever transaction an earlier process of this name left open
        try (OutcomeCommitter committer = new OutcomeCommitter(
                environment
                        .clients()
                        .<OutcomesEvent>transactionalProducer("sluice-loader-" + instance + "-" + destinationId),
                environment.hooks())) {
            KafkaConsumer<String, OperationsEvent> consumer =
                    environment.clients().consumer(group(destinationId), consumerOverrides());
            try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
                LaneSession session = new LaneSession(parts(callers), consumer, committer);
                try {
                    session.run(() -> stopping, this::beat);
                } finally {
                    memberId = consumer.groupMetadata().memberId();
                    session.drop();
                    partitionsHeld.set(0);
                }
            } finally {
                consumer.close(CloseOptions.groupMembershipOperation(
                                leaving
                                        ? CloseOptions.GroupMembershipOperation.LEAVE_GROUP
                                        : CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP)
                        .withTimeout(Duration.ofSeconds(5)));
            }
        }
    }

    private static Map<String, Object> consumerOverrides() {
        return Map.of(
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                MESSAGES_PER_POLL,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                1 << 20,
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName());
    }

    private LaneParts parts(ExecutorService callers) {
        LaneSettings settings = environment.settings();
        Dispatcher.Tools tools = new Dispatcher.Tools(
                settings.retries(),
                pacer,
                environment.time(),
                () -> ThreadLocalRandom.current().nextLong(),
                metrics);
        LaneContext context = new LaneContext(
                new RunBook(environment.plans(), slot),
                environment.cancellations(),
                tools,
                callers,
                metrics,
                partitionsHeld::get,
                settings.maximumStretchBytes(),
                () -> stopping);
        return new LaneParts(
                Topics.operations(destinationId),
                context,
                pacer,
                partitionsHeld,
                environment.parked(),
                environment.progress(),
                suspects,
                environment.clients(),
                settings.revokePatience());
    }

    private void beat(boolean idle) {
        long now = System.nanoTime();
        lastBeat = now;
        lastError = "";
        if (!idle || !retiring) {
            busyAt = now;
        } else if (now - busyAt > environment.settings().retireAfter().toNanos()) {
            LOG.info("lane {} ends: its destination was deleted", destinationId);
            retireIfStillDeleted();
        }
    }
}
