package io.sluice.loader.kafka;

import io.sluice.loader.dispatch.AbandonedException;
import io.sluice.loader.position.PartitionPosition;
import io.sluice.loader.run.Finished;
import io.sluice.loader.run.LaneContext;
import io.sluice.loader.run.PartitionLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Works through one partition on a thread of its own. The lane's thread feeds it and takes finished work; neither waits for
 * the other. Methods are for the lane's thread.
 *
 * <p>The thread is a platform thread: between its calls it maps thousands of records, and nothing takes a virtual thread's
 * processor away meanwhile. Four such workers on two processors had the one that held the destination's connection wait for
 * tens of milliseconds after each answer of the server.
 */
final class PartitionWorker {

    /** Payload in hand beyond this is not worth its memory, however many operations a call takes. */
    private static final long MAXIMUM_BYTES = 4L << 20;

    private static final long IDLE_MILLIS = 250;

    /** What is fetched already but not yet handed on makes a call fuller; nobody sees so short a wait. */
    private static final long LINGER_MILLIS = 20;

    private final BlockingQueue<WorkItem> queue = new LinkedBlockingQueue<>();
    private final ConcurrentLinkedQueue<Finished> finished = new ConcurrentLinkedQueue<>();
    private final AtomicLong queuedOperations = new AtomicLong();
    private final AtomicLong queuedBytes = new AtomicLong();
    private final PartitionLoader loader;
    private final Thread thread;
    private long offered;
    private volatile long settled;
    private volatile boolean stopping;
    private volatile Broken broken;

    /** The worker's thread ended unexpectedly while it had this offset in hand. */
    record Broken(long offset, Throwable cause) {}

    PartitionWorker(String name, LaneContext lane, PartitionPosition from) {
        this.loader = new PartitionLoader(lane.stoppedBy(() -> stopping), from, finished::add);
        this.thread = Thread.ofPlatform().daemon().name(name).start(this::work);
    }

    void offer(WorkItem item) {
        offered++;
        queuedOperations.addAndGet(item.operations());
        queuedBytes.addAndGet(item.bytes());
        queue.add(item);
    }

    /** Whether it has enough in hand to fill its next calls. */
    boolean isFull() {
        return queuedOperations.get() >= loader.appetite() || queuedBytes.get() >= MAXIMUM_BYTES;
    }

    /** Whether something offered is not finished, or something finished was not taken. */
    boolean isBusy() {
        return settled != offered || !finished.isEmpty();
    }

    /** Takes what is finished, in order. */
    List<Finished> takeFinished() {
        List<Finished> taken = new ArrayList<>();
        Finished next;
        while ((next = finished.poll()) != null) {
            taken.add(next);
        }
        return taken;
    }

    /** What ended it unexpectedly. */
    Optional<Broken> broken() {
        return Optional.ofNullable(broken);
    }

    /** Asks it to stop after its current call; what is not finished then is dropped. */
    void stop() {
        stopping = true;
    }

    /** Waits until it has stopped; when {@code patience} is over, its call is interrupted and its result ignored. */
    boolean awaitStopped(Duration patience) throws InterruptedException {
        if (thread.join(patience)) {
            return true;
        }
        thread.interrupt();
        return false;
    }

    private void work() {
        long inHand = -1;
        long taken = 0;
        try {
            while (!stopping) {
                WorkItem item = next(loader.isCollecting() ? LINGER_MILLIS : 0);
                if (item == null) {
                    loader.flush();
                    settled = taken;
                    item = next(IDLE_MILLIS);
                }
                if (item != null) {
                    taken++;
                    inHand = item.offset();
                    process(item);
                }
            }
        } catch (AbandonedException | InterruptedException dropped) {
            stopping = true;
        } catch (RuntimeException | Error bug) {
            broken = new Broken(inHand, bug);
        } finally {
            loader.close();
        }
    }

    private WorkItem next(long patienceMillis) throws InterruptedException {
        return queue.poll(patienceMillis, TimeUnit.MILLISECONDS);
    }

    private void process(WorkItem item) throws AbandonedException {
        switch (item) {
            case WorkItem.Message message -> loader.accept(message.offset(), message.key(), message.event());
            case WorkItem.Parked parked -> loader.acceptParked(parked.offset(), parked.key());
        }
        queuedOperations.addAndGet(-item.operations());
        queuedBytes.addAndGet(-item.bytes());
    }
}
