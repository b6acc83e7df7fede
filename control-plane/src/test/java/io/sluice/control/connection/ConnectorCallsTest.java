package io.sluice.control.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.source.SourceConnection;
import io.sluice.connectorruntime.ConnectorCatalog;
import io.sluice.control.fake.FakeCrm;
import io.sluice.control.fake.FakeWarehouse;
import io.sluice.operation.StateMode;
import io.sluice.testsupport.Eventually;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectorCallsTest {
    private final ConnectorCalls calls = new ConnectorCalls(
            new ConnectorCatalog(List.of(new FakeWarehouse()), List.of(new FakeCrm())),
            Duration.ofMillis(300),
            Clock.systemUTC());

    @Test
    void aCallClosesItsConnection() throws ConnectorException {
        int open = FakeWarehouse.OPEN.get();

        assertThat(calls.source("fake_warehouse", credentials("db"), SourceConnection::objects))
                .contains(FakeWarehouse.table("users"));
        assertThat(FakeWarehouse.OPEN).hasValue(open);
    }

    @Test
    void aSilentHostIsGivenUpAndItsConnectionClosed() {
        int open = FakeWarehouse.OPEN.get();

        ConnectionTest test = calls.testSource("fake_warehouse", credentials("silent"), StateMode.PLATFORM);

        assertThat(test.succeeded()).isFalse();
        assertThat(test.failure().flatMap(ConnectionTest.Step::code)).contains("TIMEOUT");
        Eventually.eventually(Duration.ofSeconds(5), () -> assertThat(FakeWarehouse.OPEN.get())
                .isLessThanOrEqualTo(open));
    }

    @Test
    void aBugOfAConnectorIsToldWithoutItsDetails() {
        assertThatThrownBy(() -> calls.source("fake_warehouse", credentials("buggy"), SourceConnection::objects))
                .isInstanceOf(ConnectorException.class)
                .hasMessageStartingWith("CONNECTOR_BUG")
                .hasMessageNotContaining(FakeWarehouse.PASSWORD);
    }

    private static Credentials credentials(String host) {
        return Credentials.stored(Map.of("hostname", host, "user", "me", "password", FakeWarehouse.PASSWORD));
    }
}
