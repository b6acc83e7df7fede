package io.sluice.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.sluice.configdocs.Reactor.ModuleFolder;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Packages inside modules: no cycles, and frameworks stay at the edges. */
class PackagesTest {
    /** Last package names that may speak Quarkus, Kafka and Jakarta: the edges of a service. */
    private static final String[] EDGES = {"..rest..", "..store..", "..kafka..", "..config..", "..health.."};

    /** Libraries that are an edge as a whole. */
    private static final Set<Room> EDGE_ROOMS =
            Set.of(Room.SERVICE_SUPPORT, Room.TEST_SUPPORT, Room.EMBEDDED_PARTS, Room.STANDALONE, Room.BENCHMARKS);

    /** Not product code: its two roads to real parts implement the interface of the package that chooses between them. */
    private static final Room WITH_CYCLES = Room.TEST_SUPPORT;

    private final House house = House.get();

    @Test
    void noPackageCycles() {
        JavaClasses product = house.classes()
                .that(DescribedPredicate.describe(
                        "are not " + WITH_CYCLES,
                        type -> !house.moduleOf(type).flatMap(Room::of).equals(Optional.of(WITH_CYCLES))));
        slices().assignedFrom(new ByPackage()).should().beFreeOfCycles().check(product);
    }

    @TestFactory
    Stream<DynamicTest> theCoreIsPlainJava() {
        return house.modules().stream()
                .filter(module -> Room.of(module.name())
                        .filter(room -> !EDGE_ROOMS.contains(room))
                        .isPresent())
                .map(module -> DynamicTest.dynamicTest(module.name(), () -> noClasses()
                        .that()
                        .resideOutsideOfPackages(EDGES)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "io.quarkus..", "io.smallrye..", "org.apache.kafka..", "jakarta..", "io.apicurio..")
                        .because("it is tested and understood without a framework; only " + String.join(", ", EDGES)
                                + " speak one")
                        .allowEmptyShould(true)
                        .check(house.classesOf(module))));
    }

    /** The edges call the core through its ports; the other way round the core would start a framework. */
    @TestFactory
    Stream<DynamicTest> theCoreDoesNotKnowTheEdges() {
        return house.modules().stream()
                .filter(module -> Room.of(module.name()).filter(Room::isService).isPresent())
                .map(module -> DynamicTest.dynamicTest(module.name(), () -> assertCoreIgnoresEdges(module)));
    }

    private void assertCoreIgnoresEdges(ModuleFolder module) {
        JavaClasses classes = house.classesOf(module);
        noClasses()
                .that()
                .resideOutsideOfPackages(EDGES)
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are at an edge of " + module.name(),
                        type -> house.moduleOf(type)
                                        .filter(module.name()::equals)
                                        .isPresent()
                                && isEdge(type)))
                .allowEmptyShould(true)
                .check(classes);
    }

    @TestFactory
    Stream<DynamicTest> packagesSayWhoseTheyAre() {
        return house.modules().stream()
                .map(module -> DynamicTest.dynamicTest(module.name(), () -> {
                    Room room = Room.of(module.name()).orElseThrow();
                    assertThat(house.classesOf(module).stream()
                                    .map(JavaClass::getPackageName)
                                    .distinct()
                                    .filter(name -> !room.owns(name)))
                            .as("packages of %s outside its own root", module.name())
                            .isEmpty();
                }));
    }

    private static boolean isEdge(JavaClass type) {
        for (String edge : EDGES) {
            String name = edge.replace(".", "");
            if (("." + type.getPackageName() + ".").contains("." + name + ".")) {
                return true;
            }
        }
        return false;
    }

    private static final class ByPackage implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return type.getPackageName().startsWith("io.sluice")
                    ? SliceIdentifier.of(type.getPackageName())
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
