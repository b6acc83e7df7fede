package io.sluice.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

final class NeedsSharedDataTest {
    private static final String ROOT = "sluice.rootDirectory";

    /** Run by the test kit below; by itself it has nothing to say. */
    static final class Sample {
        @Test
        @NeedsSharedData
        void readsSharedData() {
            assertThat(SharedData.directory()).isDirectory();
        }
    }

    @Test
    void skipsWithAReasonWhereThereAreNoSharedData(@TempDir Path empty) {
        String before = System.getProperty(ROOT);
        System.setProperty(ROOT, empty.resolve("clone").toString());
        try {
            Events events = EngineTestKit.engine("junit-jupiter")
                    .selectors(selectClass(Sample.class))
                    .execute()
                    .testEvents();
            events.assertStatistics(statistics -> statistics.skipped(1).started(0));
            assertThat(events.skipped().stream()
                            .findFirst()
                            .orElseThrow()
                            .getPayload(String.class)
                            .orElseThrow())
                    .contains("needs the shared data")
                    .contains(empty.resolve("shared").resolve("data").toString());
        } finally {
            if (before == null) {
                System.clearProperty(ROOT);
            } else {
                System.setProperty(ROOT, before);
            }
        }
    }
}
