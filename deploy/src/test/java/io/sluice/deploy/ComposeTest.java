package io.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The compose file, without an engine: it loads, agrees with the services, and keeps its promises. */
class ComposeTest {
    private static final Pattern IMAGE = Pattern.compile(".*/([a-z-]+):\\$\\{SLUICE_TAG:-dev}");
    private static final Pattern INTERPOLATED = Pattern.compile("\\$\\{([A-Z_]+)");
    private static final Set<String> SECRET = Set.of("PASSWORD", "KEY", "TOKEN");

    private final DeployFiles files = new DeployFiles();
    private final Map<String, Object> compose = DeployFiles.yaml(files.compose());

    @Test
    void everyServiceOfTheReactorIsThere() {
        Set<String> images = new HashSet<>();
        ours().forEach(name -> images.add(module(name)));
        assertThat(images).isEqualTo(files.serviceModules());
        assertThat(services().keySet()).contains("kafka", "postgres", "registry");
    }

    @Test
    void variablesAreRealSettings() {
        KnownSettings known = new KnownSettings(files.reactor());
        ours().forEach(name -> assertThat(environment(name).keySet()).as(name).allMatch(known::knows));
    }

    @Test
    void secretsComeFromOutsideOnly() {
        for (String name : services().keySet()) {
            environment(name).forEach((variable, value) -> {
                if (SECRET.stream().anyMatch(variable::endsWith)) {
                    assertThat(value).as(name + " " + variable).matches("\\$\\{[A-Z_]+:\\?[^}]+}");
                }
            });
        }
    }

    @Test
    void theExampleNamesEveryVariable() {
        String example = DeployFiles.read(files.compose().resolveSibling(".env.example"));
        Matcher used = INTERPOLATED.matcher(DeployFiles.read(files.compose()));
        while (used.find()) {
            assertThat(example).containsPattern("(?m)^#?" + used.group(1) + "=");
        }
        assertThat(example.lines().filter(line -> line.matches(".*(PASSWORD|KEY|TOKEN)=.+")))
                .as("no secret in the example")
                .isEmpty();
    }

    @Test
    void onlyTheControlPlaneIsPublishedAndOnlyHere() {
        services().keySet().forEach(name -> {
            List<Object> ports = list(service(name), "ports");
            if (name.equals("control-plane")) {
                assertThat(ports).containsExactly("127.0.0.1:${SLUICE_PORT:-8080}:8080");
            } else {
                assertThat(ports).as(name).isEmpty();
            }
        });
    }

    @Test
    void ourServicesRunWithoutRights() {
        for (String name : ours()) {
            Map<String, Object> service = service(name);
            assertThat(service).as(name).containsEntry("read_only", true).containsKey("mem_limit");
            assertThat(list(service, "cap_drop")).as(name).containsExactly("ALL");
            assertThat(list(service, "security_opt")).as(name).containsExactly("no-new-privileges:true");
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void everybodyWaitsUntilTheirPartsAreHealthy() {
        for (String name : services().keySet()) {
            Map<String, Map<String, String>> needs =
                    (Map<String, Map<String, String>>) service(name).getOrDefault("depends_on", Map.of());
            needs.forEach((other, how) -> {
                assertThat(how).as(name + " on " + other).containsEntry("condition", "service_healthy");
                // Our images bring a health check of their own.
                assertThat(service(other)).as(other).containsKey("healthcheck");
            });
            if (ours().contains(name)) {
                assertThat(needs).as(name).containsKeys("kafka", "registry");
            }
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void everyVolumeIsNamedOrAReadOnlyFile() {
        Set<String> declared = ((Map<String, Object>) compose.get("volumes")).keySet();
        Set<String> used = new HashSet<>();
        for (String name : services().keySet()) {
            for (Object volume : list(service(name), "volumes")) {
                String source = volume.toString().split(":", 2)[0];
                if (source.startsWith("./")) {
                    assertThat(volume.toString()).endsWith(":ro");
                    assertThat(files.compose().resolveSibling(source)).exists();
                } else {
                    used.add(source);
                }
            }
        }
        assertThat(used).isEqualTo(declared);
    }

    private List<String> ours() {
        return services().keySet().stream()
                .filter(name ->
                        IMAGE.matcher(service(name).get("image").toString()).matches())
                .toList();
    }

    private String module(String name) {
        Matcher matcher = IMAGE.matcher(service(name).get("image").toString());
        assertThat(matcher.matches()).isTrue();
        return matcher.group(1);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> services() {
        return (Map<String, Object>) compose.get("services");
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> service(String name) {
        return (Map<String, Object>) services().get(name);
    }

    @SuppressWarnings("unchecked")
    private Map<String, String> environment(String name) {
        return (Map<String, String>) service(name).getOrDefault("environment", Map.of());
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Map<String, Object> service, String key) {
        return (List<Object>) service.getOrDefault(key, new ArrayList<>());
    }
}
