package io.sluice.configdocs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The committed pages are what the sources say; with {@code -Dsluice.docs.write=true} they are written first. */
class ReferenceDocsTest {
    private final Reactor reactor = Reactor.find();

    @TestFactory
    Stream<DynamicTest> pagesAreFresh() throws IOException {
        if (Boolean.getBoolean("sluice.docs.write")) {
            ReferenceDocs.write(reactor);
        }
        return ReferenceDocs.render(reactor).entrySet().stream()
                .map(page -> DynamicTest.dynamicTest(page.getKey(), () -> assertFresh(page)));
    }

    private void assertFresh(Map.Entry<String, String> page) throws IOException {
        Path file = ReferenceDocs.folder(reactor).resolve(page.getKey());
        assertThat(Files.exists(file) ? Files.readString(file) : "")
                .as("%s is stale; refresh and commit it: %s", page.getKey(), ReferenceDocs.COMMAND)
                .isEqualTo(page.getValue());
    }
}
