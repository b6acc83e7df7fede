package io.sluice.extractor.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.contract.EndState;
import io.sluice.contract.ExtractEnded;
import io.sluice.contract.RunCommand;
import io.sluice.contract.RunStarted;
import io.sluice.contract.SourceRecordsEvent;
import io.sluice.contract.StartRun;
import io.sluice.contract.Topics;
import io.sluice.extractor.known.KnownRowsFolder;
import io.sluice.extractor.read.Plans;
import io.sluice.extractor.read.RecordOutput;
import io.sluice.testsupport.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CommandLoopTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final TopicPartition COMMANDS = new TopicPartition(Topics.RUN_COMMANDS, 0);
    private static final long RUN = Plans.upsert().getSyncRunId();

    private final Queue<OneCommand> members = new ConcurrentLinkedQueue<>();
    private final SlowOutput output = new SlowOutput();
    private final CommandLoop loop = new CommandLoop(members::remove, run -> Optional.of(extractor()), null, 4);

    @Test
    @DisplayName("AC-22: a run whose partition is lost and comes back before its reading has stopped is read again")
    void partitionThatComesBackAtOnce() throws Exception {
        // Given a run that is being read, and a broker that does not take its first message
        OneCommand consumer = member();
        consumer.schedulePollTask(() -> consumer.rebalance(List.of(COMMANDS)));
        Thread looping = Thread.ofPlatform().start(loop);
        await("the first reading", () -> output.attempts.size() == 1);

        // When its partition goes and comes back before it has stopped
        consumer.schedulePollTask(() -> consumer.rebalance(List.of()));
        consumer.schedulePollTask(() -> consumer.rebalance(List.of(COMMANDS)));
        await("the command's second coming", () -> consumer.given.get() > 1);
        output.first.countDown();

        // Then another reading opens the bracket and closes it
        await("the end of the second reading", () -> output.ends.size() == 1);
        assertThat(output.attempts).hasSizeGreaterThan(1);
        assertThat(output.ends.getFirst().getAttemptId()).isNotEqualTo(output.attempts.getFirst());
        loop.stop();
        looping.join(PATIENCE);
    }

    @Test
    @DisplayName("AC-22: a member that Kafka has fenced is replaced by another, which reads the command again")
    void fencedMember() throws Exception {
        // Given a broker that died right after this process had joined: it knows only the one before
        OneCommand fenced = member();
        OneCommand next = member();
        fenced.schedulePollTask(() -> {
            throw new FencedInstanceIdException("another member has this name");
        });
        next.schedulePollTask(() -> next.rebalance(List.of(COMMANDS)));
        output.first.countDown();

        // When
        Thread looping = Thread.ofPlatform().start(loop);

        // Then
        await("the end of the reading", () -> output.ends.size() == 1);
        assertThat(fenced.closed()).isTrue();
        loop.stop();
        looping.join(PATIENCE);
    }

    private OneCommand member() {
        OneCommand member = new OneCommand();
        member.updateBeginningOffsets(Map.of(COMMANDS, 0L));
        members.add(member);
        return member;
    }

    private static void await(String what, BooleanSupplier condition) {
        Eventually.await(what, PATIENCE, () -> condition.getAsBoolean() ? Optional.of(Boolean.TRUE) : Optional.empty());
    }

    /** Reads a source that is not there: the bracket is closed as failed, and closed it is. */
    private RunExtractor extractor() {
        return new RunExtractor(
                Plans.upsert(),
                1,
                new SourceOpening(null, null, null),
                new OutcomeRedo(null, run -> Optional.empty(), null),
                () -> output,
                new KnownRowsFolder(Optional.empty()),
                Duration.ofMillis(1));
    }

    /** A partition with one command, given whenever it is read from its beginning, as a log does. */
    private static final class OneCommand extends MockConsumer<String, RunCommand> {
        private final AtomicInteger given = new AtomicInteger();

        OneCommand() {
            super(AutoOffsetResetStrategy.EARLIEST.name());
        }

        @Override
        public synchronized ConsumerRecords<String, RunCommand> poll(Duration timeout) {
            if (assignment().contains(COMMANDS) && position(COMMANDS) == 0) {
                RunCommand start = new RunCommand(new StartRun(RUN, 61L));
                addRecord(new ConsumerRecord<>(COMMANDS.topic(), COMMANDS.partition(), 0, "61", start));
                given.incrementAndGet();
            }
            return super.poll(timeout);
        }
    }

    /** Holds the first message that it is given, as a producer does while the broker is away. */
    private static final class SlowOutput implements RecordOutput {
        private final CountDownLatch first = new CountDownLatch(1);
        private final List<String> attempts = new CopyOnWriteArrayList<>();
        private final List<ExtractEnded> ends = new CopyOnWriteArrayList<>();

        @Override
        public void send(long syncId, int partition, SourceRecordsEvent event) {
            switch (event.getEvent()) {
                case RunStarted started -> {
                    attempts.add(started.getAttemptId());
                    hold();
                }
                case ExtractEnded ended when ended.getState() == EndState.FAILED -> ends.add(ended);
                default -> throw new AssertionError("only the bracket was expected");
            }
        }

        private void hold() {
            try {
                first.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void sendRows(long syncId, int partition, SourceRecordsEvent rows, long work) {
            send(syncId, partition, rows);
        }

        @Override
        public void keepPace(BooleanSupplier wanted) {}

        @Override
        public void flush() {}

        @Override
        public void progress(long syncRunId, long records) {}
    }
}
