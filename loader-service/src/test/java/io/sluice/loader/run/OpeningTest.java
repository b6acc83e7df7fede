package io.sluice.loader.run;

import static io.sluice.loader.run.LoaderFixture.KEY;
import static io.sluice.loader.run.LoaderFixture.ended;
import static io.sluice.loader.run.LoaderFixture.started;
import static io.sluice.loader.run.LoaderFixture.upserts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.connector.ConnectorError;
import io.sluice.connector.ConnectorException;
import io.sluice.contract.EndState;
import io.sluice.contract.LoadCounts;
import io.sluice.loader.dispatch.AbandonedException;
import io.sluice.loader.retry.RetryPolicy;
import io.sluice.loader.testing.Script;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A destination that is away just when a run wants to open it (RTY-5, RTY-11). */
class OpeningTest {
    private static final ConnectorError DOWN =
            new ConnectorError("HOST_UNREACHABLE", ConnectorError.Fault.EXTERNAL, "Nothing answers there.");

    private final LoaderFixture fixture = new LoaderFixture();
    private final AtomicInteger tries = new AtomicInteger();

    /** Waits are half as long as they may be. */
    @BeforeEach
    void jitter() {
        fixture.random = () -> Long.MAX_VALUE;
    }

    @Test
    @DisplayName("A destination that is away for a moment when the run begins is tried again, and gets every record")
    void connectionComesBack() throws Exception {
        fixture.script.opening = awayFor(3);
        loadThree(fixture.loader());
        assertThat(fixture.end().getState()).isEqualTo(EndState.COMPLETED);
        assertThat(fixture.end().getLoad()).isEqualTo(new LoadCounts(3L, 0L, 0L, 0L, 0L));
        assertThat(fixture.time.slept()).as("it waited in between").isPositive();
    }

    @Test
    @DisplayName("A writer that cannot be opened for a moment is tried again, on the same connection")
    void writerComesBack() throws Exception {
        fixture.script.openingWriter = awayFor(3);
        loadThree(fixture.loader());
        assertThat(fixture.end().getState()).isEqualTo(EndState.COMPLETED);
        assertThat(fixture.end().getLoad().getUpdatesSucceeded()).isEqualTo(3);
        assertThat(fixture.script.connectionsOpened).hasValue(1);
    }

    @Test
    @DisplayName("A destination that stays away fails the run in all partitions after the retries of RTY-5, not more")
    void staysAway() throws Exception {
        fixture.script.opening = awayFor(Integer.MAX_VALUE);
        loadThree(fixture.loader());
        assertThat(fixture.end().getState()).isEqualTo(EndState.FAILED);
        assertThat(fixture.end().getLoad()).isEqualTo(new LoadCounts(0L, 0L, 0L, 0L, 3L));
        assertThat(fixture.end().getError().getCode()).isEqualTo(DOWN.code());
        assertThat(fixture.end().getError().getMessage()).contains(DOWN.message(), "after 7 retries", "next run");
        int most = 1 + RetryPolicy.DEFAULT.maximumRetries();
        assertThat(tries).hasValue(most);

        loadThree(fixture.loader());
        assertThat(fixture.end().getState()).isEqualTo(EndState.FAILED);
        assertThat(tries).as("the other partition knows").hasValue(most);
    }

    @Test
    @DisplayName("A cancel that comes while the destination is away ends the run as canceled")
    void canceledMeanwhile() throws Exception {
        fixture.script.openingWriter = () -> {
            fixture.canceled.put(1L, "Cancelled by ann@example.com");
            throw new ConnectorException(DOWN);
        };
        loadThree(fixture.loader());
        assertThat(fixture.end().getState()).isEqualTo(EndState.CANCELED);
        assertThat(fixture.end().getLoad().getNotAttempted()).isEqualTo(3);
        assertThat(fixture.time.slept()).as("nobody waits for it any more").isEqualTo(Duration.ZERO);
    }

    @Test
    @DisplayName("A partition that moves away while the destination is away drops its work and loses nothing")
    void movedMeanwhile() throws Exception {
        fixture.script.opening = () -> {
            fixture.stopping = true;
            throw new ConnectorException(DOWN);
        };
        PartitionLoader loader = fixture.loader();
        loader.accept(0, KEY, started(1));
        assertThatThrownBy(() -> loader.accept(1, KEY, upserts(1, 0, 3))).isInstanceOf(AbandonedException.class);
        loader.close();
        assertThat(fixture.outcomes()).isEmpty();
    }

    private static void loadThree(PartitionLoader loader) throws AbandonedException {
        loader.accept(0, KEY, started(1));
        loader.accept(1, KEY, upserts(1, 0, 3));
        loader.accept(2, KEY, ended(1, 3, 0));
    }

    private Script.Opening awayFor(int times) {
        return () -> {
            if (tries.getAndIncrement() < times) {
                throw new ConnectorException(DOWN);
            }
        };
    }
}
