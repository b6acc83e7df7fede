package io.sluice.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import io.sluice.configdocs.Reactor.ModuleFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Arrows between modules point one way: each room knows the rooms that {@link Room} lists for it, and no other. */
class ArrowsTest {
    private static final Pattern DEPENDENCY = Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL);
    private static final Pattern CONNECTOR =
            Pattern.compile("<artifactId>connector-(source|destination|support)-[^<]+<");
    private static final Set<Room> JDK_ONLY = Set.of(Room.RECORD_MODEL, Room.CONNECTOR_API, Room.CONNECTOR_RUNTIME);

    private final House house = House.get();

    @TestFactory
    Stream<DynamicTest> everyModuleKnowsOnlyItsNeighbours() {
        return house.modules().stream()
                .map(module -> DynamicTest.dynamicTest(module.name(), () -> assertArrows(module)));
    }

    @TestFactory
    Stream<DynamicTest> theInnerRoomsNeedNothingButTheJdk() {
        return house.modules().stream()
                .filter(module ->
                        Room.of(module.name()).filter(JDK_ONLY::contains).isPresent())
                .map(module -> DynamicTest.dynamicTest(module.name(), () -> assertThat(dependencies(module)
                                .filter(dependency -> house.moduleOf(dependency.getTargetClass())
                                        .isEmpty())
                                .filter(dependency -> !isJdk(dependency.getTargetClass()))
                                .map(Dependency::getDescription))
                        .isEmpty()));
    }

    /** Connectors are found by ServiceLoader; a service that could compile against one would sooner or later do so. */
    @TestFactory
    Stream<DynamicTest> connectorsReachServicesAtRuntimeOnly() {
        return house.modules().stream()
                .filter(module -> Room.of(module.name()).filter(Room::isService).isPresent())
                .map(module -> DynamicTest.dynamicTest(module.name(), () -> assertThat(compiledConnectors(module))
                        .isEmpty()));
    }

    /** A rule over nothing always holds: every module with sources must have been read. */
    @TestFactory
    Stream<DynamicTest> everyModuleIsSeen() {
        return house.modules().stream()
                .map(module -> DynamicTest.dynamicTest(
                        module.name(), () -> assertThat(house.classesOf(module)).isNotEmpty()));
    }

    private void assertArrows(ModuleFolder module) {
        Optional<Room> room = Room.of(module.name());
        assertThat(room)
                .as("%s stands in no room: add it to %s and to ARCHITECTURE.md", module.name(), Room.class.getName())
                .isPresent();
        List<String> wrong = dependencies(module)
                .filter(dependency -> {
                    Optional<String> target = house.moduleOf(dependency.getTargetClass());
                    return target.isPresent()
                            && !target.get().equals(module.name())
                            && !Room.of(target.get()).map(room.get()::mayKnow).orElse(false);
                })
                .map(dependency ->
                        house.moduleOf(dependency.getTargetClass()).orElseThrow() + ": " + dependency.getDescription())
                .distinct()
                .toList();
        assertThat(wrong).as("what %s may not know", module.name()).isEmpty();
    }

    private Stream<Dependency> dependencies(ModuleFolder module) {
        return house.classesOf(module).stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream());
    }

    private static boolean isJdk(JavaClass type) {
        String name = type.getBaseComponentType().getName();
        return type.getBaseComponentType().isPrimitive() || name.startsWith("java.") || name.startsWith("javax.");
    }

    private static List<String> compiledConnectors(ModuleFolder module) throws IOException {
        List<String> found = new ArrayList<>();
        Matcher dependencies =
                DEPENDENCY.matcher(Files.readString(module.folder().resolve("pom.xml")));
        while (dependencies.find()) {
            String dependency = dependencies.group(1);
            if (CONNECTOR.matcher(dependency).find()
                    && !dependency.contains("<scope>runtime</scope>")
                    && !dependency.contains("<scope>test</scope>")) {
                found.add(dependency.strip());
            }
        }
        return found;
    }
}
