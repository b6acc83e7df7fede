package io.sluice.standalone.stack;

import io.sluice.embedded.PostgresDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The five services of a stack and their settings. */
final class Services {
    static final String CONTROL_PLANE = "control-plane";
    private static final String LOOPBACK = "127.0.0.1";

    private Services() {}

    /**
     * What services must know about their surroundings.
     *
     * @param bootstrapServers the broker
     * @param registryUrl the schema registry
     * @param controlDatabase the control plane's own database
     * @param host address of the public API
     * @param port port of the public API
     */
    record Surroundings(
            String bootstrapServers, String registryUrl, PostgresDatabase controlDatabase, String host, int port) {}

    /** All five, not started. Their start order does not matter. */
    static List<Service> all(DataDirectory data, Secrets secrets, PortPlan ports, Surroundings around) {
        ServiceJars jars = new ServiceJars();
        Map<String, String> common = Map.of(
                "SLUICE_KAFKA_BOOTSTRAP_SERVERS", around.bootstrapServers(),
                "KAFKA_BOOTSTRAP_SERVERS", around.bootstrapServers(),
                "SLUICE_KAFKA_REGISTRY_URL", around.registryUrl(),
                "SLUICE_KAFKA_INSTANCE_ID", "standalone");
        Map<String, String> withKey = with(common, Map.of("SLUICE_SECRET_KEY", secrets.settingsKey()));
        Map<String, String> control = with(
                withKey,
                Map.of(
                        "QUARKUS_DATASOURCE_JDBC_URL", around.controlDatabase().jdbcUrl(),
                        "QUARKUS_DATASOURCE_USERNAME", around.controlDatabase().user(),
                        "QUARKUS_DATASOURCE_PASSWORD", around.controlDatabase().password(),
                        "SLUICE_BOOTSTRAP_API_KEY", secrets.apiKey(),
                        "SLUICE_CONTROL_TRACKING_URL", "http://" + LOOPBACK + ":" + ports.port("tracking")));
        Map<String, String> extractor = with(
                withKey,
                Map.of("SLUICE_EXTRACTOR_KNOWN_ROWS_DIRECTORY", data.knownRows().toString()));
        Map<String, String> differ = with(
                common,
                Map.of("SLUICE_DIFFER_STATE_DIRECTORY", data.differState().toString()));
        Map<String, String> tracking = with(
                withKey, Map.of("SLUICE_TRACKING_LOCAL_DIRECTORY", data.bucket().toString()));
        return List.of(
                new Service(new Service.Plan(
                        CONTROL_PLANE,
                        jars.find(CONTROL_PLANE),
                        around.host(),
                        around.port(),
                        256,
                        true,
                        control,
                        data)),
                worker("extractor", 256, extractor, data, ports, jars),
                worker("differ", 320, differ, data, ports, jars),
                worker("loader", 448, withKey, data, ports, jars),
                worker("tracking", 320, tracking, data, ports, jars));
    }

    private static Service worker(
            String name,
            int maxHeapMib,
            Map<String, String> environment,
            DataDirectory data,
            PortPlan ports,
            ServiceJars jars) {
        return new Service(new Service.Plan(
                name, jars.find(name + "-service"), LOOPBACK, ports.port(name), maxHeapMib, false, environment, data));
    }

    private static Map<String, String> with(Map<String, String> base, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(base);
        all.putAll(more);
        return all;
    }
}
