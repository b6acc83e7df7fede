package io.sluice.mapping.engine.liquid;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.record.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every example of docs/guides/mappings.md gives what the guide says. */
class GuideExamplesTest {
    private static final Pattern ROW = Pattern.compile("^\\| `(.+)` \\| `(.+)` \\|$", Pattern.MULTILINE);

    @TestFactory
    Stream<DynamicTest> examples() throws IOException {
        String guide =
                Files.readString(Path.of(System.getProperty("sluice.rootDirectory"), "docs", "guides", "mappings.md"));
        String payload = guide.lines()
                .filter(line -> line.startsWith("`{\"Email\""))
                .map(line -> line.replaceAll("^`|`:$", ""))
                .findFirst()
                .orElseThrow();
        List<String> columns = new ArrayList<>();
        JsonNode record = new ObjectMapper().readTree(payload);
        record.fieldNames().forEachRemaining(columns::add);
        columns.sort(null);
        int templates = guide.indexOf("## Templates");
        int json = guide.indexOf("### Templates that yield JSON");
        List<DynamicTest> tests = new ArrayList<>();
        Matcher rows = ROW.matcher(guide);
        rows.region(templates, guide.length());
        while (rows.find()) {
            String template = rows.group(1).replace("\\|", "|");
            String expected = rows.group(2);
            boolean yieldsJson = rows.start() > json;
            tests.add(DynamicTest.dynamicTest(template, () -> {
                Value value = Rendering.render(template, yieldsJson, columns, payload);
                assertThat(value).isEqualTo(yieldsJson ? new Value.Structured(expected) : new Value.Text(expected));
            }));
        }
        assertThat(tests).hasSizeGreaterThan(12);
        return tests.stream();
    }
}
