package io.sluice.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PortPlanTest {
    @TempDir
    Path folder;

    @Test
    void aNameKeepsItsPortUnlessSomebodyTookIt() throws Exception {
        Path file = folder.resolve("run/ports.properties");
        PortPlan first = new PortPlan(file);
        int kafka = first.port("kafka");
        int postgres = first.port("postgres");
        first.save();
        assertThat(kafka).isNotEqualTo(postgres);
        assertThat(first.port("kafka")).isEqualTo(kafka);

        try (ServerSocket taken = new ServerSocket(postgres, 1, InetAddress.getLoopbackAddress())) {
            PortPlan second = new PortPlan(file);
            assertThat(second.port("kafka")).isEqualTo(kafka);
            assertThat(second.port("postgres")).isNotEqualTo(taken.getLocalPort());
        }
    }

    @Test
    void anEditedFileDoesNoHarm() throws Exception {
        Path file =
                Files.writeString(folder.resolve("ports.properties"), "kafka=many\npostgres=99999\na=4242\nb=4242\n");
        PortPlan plan = new PortPlan(file);
        assertThat(plan.port("kafka")).isPositive();
        assertThat(plan.port("postgres")).isLessThan(65_536);
        assertThat(plan.port("a")).isNotEqualTo(plan.port("b"));
    }

    @Test
    void aBusyPortAndAStrangeHostAreToldApart() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> ListenCheck.require("127.0.0.1", taken.getLocalPort()))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " is in use");
        }
        assertThatThrownBy(() -> ListenCheck.require("192.0.2.1", 8080))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("no address 192.0.2.1");
        assertThatThrownBy(() -> ListenCheck.require("127.0.0.1", 0))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("not a TCP port");
    }
}
