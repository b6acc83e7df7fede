package io.sluice.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.standalone.demo.Demo;
import io.sluice.standalone.demo.DemoOutput;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The story of {@code ./sluice demo}: it checks each of its own numbers, so its verdict is the assertion. */
final class DemoStoryIT {

    @Test
    void allIsAsItShouldBeAlsoTheSecondTimeOnTheSameStack() {
        for (int time = 1; time <= 2; time++) {
            ByteArrayOutputStream printed = new ByteArrayOutputStream();
            boolean asExpected = new Demo(
                            StackUnderTest.stack(),
                            new DemoOutput(new PrintStream(printed, true, StandardCharsets.UTF_8), false))
                    .run();
            String text = printed.toString(StandardCharsets.UTF_8);
            assertThat(asExpected).as(text).isTrue();
            assertThat(text)
                    .contains("Run 1", "Run 2", "Run 3", "Where to look next")
                    .containsPattern("Customers to contacts \\(upsert\\) +5,000 +4,967 +0 +33 +4,967 +4,947 +20")
                    .contains("read_parquet('")
                    .doesNotContain(StackUnderTest.stack().apiKey());
        }
    }
}
