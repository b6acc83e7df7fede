package io.sluice.configdocs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.configdocs.ConfigReference.Key;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a small made-up reactor says about its keys and errors. */
class ConfigReferenceTest {
    @TempDir
    Path root;

    @BeforeEach
    void makeReactor() throws IOException {
        write("pom.xml", "<artifactId>sluice-parent</artifactId><modules><module>kitchen</module></modules>");
        write("kitchen/pom.xml", "<artifactId>kitchen</artifactId>");
    }

    @Test
    void keysCarryTypeDefaultAndText() throws IOException {
        write(
                "kitchen/src/main/java/Oven.java",
                """
                /** How the oven works. */
                @ConfigMapping(prefix = "kitchen.oven")
                interface Oven {
                    /** Degrees, {@code 0} for off. */
                    @WithDefault("180") int maxHeat();
                    Optional<Duration> bakeTime();
                    /** Name on the door. */
                    String name();
                    Map<String, String> extras();
                    Light light();
                    @WithName("colour") List<String> colors();
                    default int twice() { return 2 * maxHeat(); }
                    interface Light {
                        @WithDefault("true") boolean on();
                    }
                }
                """);

        List<Key> keys = ConfigReference.read(Reactor.of(root)).keys();

        assertThat(keys)
                .extracting(Key::name, Key::type, Key::defaultValue, Key::required, Key::text)
                .containsExactly(
                        tuple("kitchen.oven.max-heat", "whole number", "180", false, "Degrees, `0` for off."),
                        tuple("kitchen.oven.bake-time", "duration (`500ms`, `10s`, `5m`)", "", false, ""),
                        tuple("kitchen.oven.name", "text", "", true, "Name on the door."),
                        tuple("kitchen.oven.extras.*", "text", "", false, ""),
                        tuple("kitchen.oven.light.on", "true or false", "true", false, ""),
                        tuple("kitchen.oven.colour", "list of text", "", true, ""));
        assertThat(keys)
                .extracting(Key::environment)
                .contains("KITCHEN_OVEN_MAX_HEAT", "KITCHEN_OVEN_EXTRAS_*", "KITCHEN_OVEN_LIGHT_ON");
    }

    @Test
    void defaultsOfAServiceLeaveProfilesOut() throws IOException {
        write(
                "kitchen/src/main/resources/application.yaml",
                """
                quarkus:
                  http:
                    port: 8081
                  log:
                    category:
                      "a.b":
                        level: WARN
                "%test":
                  quarkus.http.port: 0
                """);

        List<ServiceDefaults> services = ServiceDefaults.read(Reactor.of(root));

        assertThat(services).singleElement().satisfies(service -> assertThat(service.values())
                .containsOnly(
                        java.util.Map.entry("quarkus.http.port", "8081"),
                        java.util.Map.entry("quarkus.log.category.\"a.b\".level", "WARN")));
    }

    @Test
    void errorCodesAreFoundWhereTheyAreMade() throws IOException {
        write(
                "kitchen/src/main/java/Cook.java",
                """
                class Cook {
                    static final String BURNT = "CAKE_BURNT";
                    StageError burnt(int minutes) {
                        return new StageError(BURNT, "The cake was in for " + minutes + " minutes. Bake a new one.");
                    }
                    StageError other(String code) {
                        return new StageError(code, "Not a literal code.");
                    }
                }
                """);

        assertThat(ErrorReference.read(Reactor.of(root)).markdown())
                .contains("| `CAKE_BURNT` | kitchen | The cake was in for … minutes. Bake a new one. |")
                .doesNotContain("Not a literal code");
    }

    private void write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
