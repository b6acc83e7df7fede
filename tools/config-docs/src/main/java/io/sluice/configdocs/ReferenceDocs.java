package io.sluice.configdocs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The generated pages of docs/reference. */
public final class ReferenceDocs {
    /** What refreshes the pages. */
    public static final String COMMAND = "mvn -q -pl tools/config-docs -am test -Dtest=ReferenceDocsTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dsluice.docs.write=true";

    static final String NOTICE =
            "> Generated from the sources by `tools/config-docs`; do not edit. A test fails when it is"
                    + " stale, and says how to refresh it.";

    private ReferenceDocs() {}

    /** Page name to text, drawn from the sources of a reactor. */
    public static Map<String, String> render(Reactor reactor) {
        Map<String, String> pages = new TreeMap<>();
        pages.put("config.md", ConfigReference.read(reactor).markdown(ServiceDefaults.read(reactor)));
        pages.put("topics.md", TopicReference.markdown(reactor));
        pages.put("errors.md", ErrorReference.read(reactor).markdown());
        return pages;
    }

    /** Where the pages are. */
    public static Path folder(Reactor reactor) {
        return reactor.root().resolve("docs/reference");
    }

    /** Writes the pages. */
    public static void write(Reactor reactor) throws IOException {
        Files.createDirectories(folder(reactor));
        for (Map.Entry<String, String> page : render(reactor).entrySet()) {
            Files.writeString(folder(reactor).resolve(page.getKey()), page.getValue());
        }
    }
}
