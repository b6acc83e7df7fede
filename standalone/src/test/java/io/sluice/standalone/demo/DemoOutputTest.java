package io.sluice.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DemoOutputTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void numbersStandToTheRight() {
        new DemoOutput(stream, false)
                .table(List.of("sync", "sent"), List.of(List.of("a", DemoOutput.number(1234)), List.of("bcdef", "7")));
        assertThat(printed())
                .isEqualTo(
                        """
                  sync    sent
                  a      1,234
                  bcdef      7
                """);
    }

    @Test
    void progressRenewsItselfOnATerminalOnly() {
        DemoOutput terminal = new DemoOutput(stream, true);
        terminal.progress("10 sent");
        terminal.progress("20 sent");
        terminal.line("done");
        assertThat(printed()).isEqualTo("\r\u001b[2K10 sent\r\u001b[2K20 sent\r\u001b[2Kdone\n");
        bytes.reset();

        DemoOutput file = new DemoOutput(stream, false);
        file.line("start");
        file.progress("10 sent");
        file.progress("10 sent");
        assertThat(printed()).doesNotContain("\r").containsOnlyOnce("10 sent");
    }
}
