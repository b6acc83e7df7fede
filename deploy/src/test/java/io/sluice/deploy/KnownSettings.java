package io.sluice.deploy;

import io.sluice.configdocs.ConfigReference;
import io.sluice.configdocs.Reactor;
import java.util.Set;
import java.util.stream.Collectors;

/** Environment variables that services understand: every other one in a deployment is a typing error. */
final class KnownSettings {
    /** Keys of Quarkus that we set (quarkus.io/guides/all-config). */
    private static final Set<String> QUARKUS = Set.of(
            "QUARKUS_HTTP_HOST",
            "QUARKUS_HTTP_PORT",
            "QUARKUS_DATASOURCE_JDBC_URL",
            "QUARKUS_DATASOURCE_USERNAME",
            "QUARKUS_DATASOURCE_PASSWORD");

    private final Set<String> exact;
    private final Set<String> prefixes;

    KnownSettings(Reactor reactor) {
        Set<String> all = ConfigReference.read(reactor).keys().stream()
                .map(ConfigReference.Key::environment)
                .collect(Collectors.toSet());
        exact = all.stream().filter(name -> !name.endsWith("*")).collect(Collectors.toSet());
        prefixes = all.stream()
                .filter(name -> name.endsWith("*"))
                .map(name -> name.substring(0, name.length() - 1))
                .collect(Collectors.toSet());
    }

    boolean knows(String variable) {
        return QUARKUS.contains(variable)
                || exact.contains(variable)
                || prefixes.stream().anyMatch(variable::startsWith);
    }

    /** Variables that a service needs and that have no default. */
    static Set<String> required(Reactor reactor) {
        return ConfigReference.read(reactor).keys().stream()
                .filter(ConfigReference.Key::required)
                .map(ConfigReference.Key::environment)
                .collect(Collectors.toSet());
    }
}
