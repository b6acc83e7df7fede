package io.sluice.loader.destination;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.connector.ConnectionCheck;
import io.sluice.connector.destination.ConnectionLimits;
import io.sluice.connector.destination.DestinationClaims;
import io.sluice.connector.destination.DestinationConnection;
import io.sluice.connector.destination.DestinationObject;
import io.sluice.connector.destination.DestinationWriter;
import io.sluice.connector.destination.WritePlan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DestinationSlotTest {
    private final List<Connection> opened = new ArrayList<>();
    private final List<ConnectionLimits> told = new ArrayList<>();
    private final DestinationSlot slot = new DestinationSlot(
            () -> {
                Connection connection = new Connection();
                opened.add(connection);
                return new DestinationOpener.Opened(new DestinationClaims(10, 2, true, true, false), connection);
            },
            told::add);

    @Test
    void eachNewConnectionTellsItsLimits() throws Exception {
        slot.lease().close();
        slot.lease().close();
        assertThat(told).containsExactly(new ConnectionLimits(10, 2));
        slot.renew();
        slot.lease().close();
        assertThat(told).hasSize(2);
    }

    @Test
    void runsShareOneConnectionAndItStaysOpenBetweenRuns() throws Exception {
        DestinationSlot.Lease first = slot.lease();
        DestinationSlot.Lease second = slot.lease();
        first.close();
        second.close();
        slot.lease().close();
        assertThat(opened).hasSize(1);
        assertThat(opened.getFirst().closed).isZero();
        slot.close();
        assertThat(opened.getFirst().closed).isEqualTo(1);
    }

    @Test
    void newSettingsAreForRunsThatBeginAfterwards() throws Exception {
        DestinationSlot.Lease before = slot.lease();
        slot.renew();
        DestinationSlot.Lease after = slot.lease();
        assertThat(opened).hasSize(2);
        assertThat(opened.getFirst().closed).isZero();
        before.close();
        before.close();
        assertThat(opened.getFirst().closed).isEqualTo(1);
        after.close();
        assertThat(opened.getLast().closed).isZero();
    }

    @Test
    void aDistrustedConnectionIsNotGivenToAnybodyElse() throws Exception {
        DestinationSlot.Lease lease = slot.lease();
        lease.distrust();
        lease.distrust();
        lease.close();
        assertThat(opened.getFirst().closed).isEqualTo(1);
        slot.lease().close();
        assertThat(opened).hasSize(2);
    }

    @Test
    void whatIsMadeReadyAheadIsHandedOverBesideTheCallsUnderWay() throws Exception {
        try (DestinationSlot ahead = new DestinationSlot(
                () -> new DestinationOpener.Opened(new DestinationClaims(10, 2, true, true, false), new Connection() {
                    @Override
                    public ConnectionLimits limits(DestinationClaims claims) {
                        return new ConnectionLimits(10, 2).withAhead(1);
                    }
                }),
                limits -> {})) {
            assertThat(ahead.lease().calls().availablePermits()).isEqualTo(3);
            assertThat(slot.lease().calls().availablePermits()).isEqualTo(2);
        }
    }

    private static class Connection implements DestinationConnection {
        private int closed;

        @Override
        public ConnectionCheck check() {
            return new ConnectionCheck(List.of());
        }

        @Override
        public List<DestinationObject> objects() {
            return List.of();
        }

        @Override
        public DestinationWriter openWriter(WritePlan plan) {
            throw new UnsupportedOperationException("nobody writes here");
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
