package io.sluice.architecture;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rooms of ARCHITECTURE.md: which modules stand in each, the packages they own and the rooms they may know. */
enum Room {
    RECORD_MODEL("record-model", List.of("io.sluice.record", "io.sluice.operation", "io.sluice.mapping")),
    MAPPING_ENGINE("mapping-engine", List.of("io.sluice.mapping.engine"), RECORD_MODEL),
    CONTRACTS("contracts", List.of("io.sluice.contract")),
    CONNECTOR_API("connector-api", List.of("io.sluice.connector"), RECORD_MODEL),
    BUCKET_STORAGE("bucket-storage", List.of("io.sluice.bucket"), CONNECTOR_API),
    CONNECTOR_TESTKIT("connector-testkit", List.of("io.sluice.testkit"), CONNECTOR_API, RECORD_MODEL),
    CONNECTOR_SUPPORT("connectors/support-*", List.of("io.sluice.connector.*"), CONNECTOR_API, RECORD_MODEL),
    SOURCE_CONNECTOR(
            "connectors/source-*",
            List.of("io.sluice.connector.source.*"),
            CONNECTOR_API,
            RECORD_MODEL,
            CONNECTOR_SUPPORT),
    DESTINATION_CONNECTOR(
            "connectors/destination-*",
            List.of("io.sluice.connector.destination.*"),
            CONNECTOR_API,
            RECORD_MODEL,
            CONNECTOR_SUPPORT),
    CONNECTOR_RUNTIME("connector-runtime", List.of("io.sluice.connectorruntime"), CONNECTOR_API, RECORD_MODEL),
    SERVICE_SUPPORT("service-support", List.of("io.sluice.support"), CONTRACTS, RECORD_MODEL),
    CONTROL_PLANE("control-plane", List.of("io.sluice.control"), buckets(mapping(engine()))),
    EXTRACTOR("extractor-service", List.of("io.sluice.extractor"), engine()),
    LOADER("loader-service", List.of("io.sluice.loader"), mapping(engine())),
    /** No connector on its class path, hence no connector-api either. */
    DIFFER("differ-service", List.of("io.sluice.differ"), SERVICE_SUPPORT, CONTRACTS, RECORD_MODEL),
    /** Of connector-api it knows settings as data, which buckets have as connections do. */
    TRACKING(
            "tracking-service",
            List.of("io.sluice.tracking"),
            BUCKET_STORAGE,
            CONNECTOR_API,
            SERVICE_SUPPORT,
            CONTRACTS,
            RECORD_MODEL),
    EMBEDDED_PARTS("embedded-parts", List.of("io.sluice.embedded")),
    /** Talks to the services as processes and over HTTP, never by import. */
    STANDALONE("standalone", List.of("io.sluice.standalone"), EMBEDDED_PARTS),
    TEST_SUPPORT("test-support", List.of("io.sluice.testsupport"), EMBEDDED_PARTS, CONTRACTS, RECORD_MODEL),
    CONFIG_DOCS("tools/config-docs", List.of("io.sluice.configdocs"), CONTRACTS),
    BENCHMARKS(
            "benchmarks",
            List.of("io.sluice.benchmark", "io.sluice.benchmarks"),
            EMBEDDED_PARTS,
            STANDALONE,
            TEST_SUPPORT,
            CONTRACTS,
            RECORD_MODEL,
            CONNECTOR_API,
            CONNECTOR_RUNTIME,
            CONNECTOR_SUPPORT,
            SOURCE_CONNECTOR,
            DESTINATION_CONNECTOR);

    private final String modules;
    private final List<String> packages;
    private final Set<Room> known;

    Room(String modules, List<String> packages, Room... known) {
        this.modules = modules;
        this.packages = packages;
        this.known = Arrays.stream(known).collect(toUnmodifiableSet());
    }

    /** The room a module stands in. */
    static Optional<Room> of(String module) {
        return Arrays.stream(values()).filter(room -> room.holds(module)).findFirst();
    }

    /** Whether classes here may name classes of another room. */
    boolean mayKnow(Room other) {
        return known.contains(other);
    }

    /** Whether a package belongs here. */
    boolean owns(String packageName) {
        return packages.stream().anyMatch(root -> {
            String fixed = root.endsWith(".*") ? root.substring(0, root.length() - 1) : root;
            return root.endsWith(".*")
                    ? packageName.startsWith(fixed) && packageName.length() > fixed.length()
                    : packageName.equals(fixed) || packageName.startsWith(fixed + ".");
        });
    }

    /** Whether this is one of the five services. */
    boolean isService() {
        return switch (this) {
            case CONTROL_PLANE, EXTRACTOR, DIFFER, LOADER, TRACKING -> true;
            default -> false;
        };
    }

    private boolean holds(String module) {
        return modules.endsWith("*")
                ? module.startsWith(modules.substring(0, modules.length() - 1))
                : module.equals(modules);
    }

    private static Room[] engine() {
        return new Room[] {CONNECTOR_RUNTIME, CONNECTOR_API, SERVICE_SUPPORT, CONTRACTS, RECORD_MODEL};
    }

    private static Room[] mapping(Room... others) {
        return with(MAPPING_ENGINE, others);
    }

    private static Room[] buckets(Room... others) {
        return with(BUCKET_STORAGE, others);
    }

    private static Room[] with(Room one, Room... others) {
        Room[] rooms = Arrays.copyOf(others, others.length + 1);
        rooms[others.length] = one;
        return rooms;
    }
}
