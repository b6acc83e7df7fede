package io.sluice.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Habits that are the same in every module. */
class HabitsTest {
    /** Programs of the command line, and the suites that print what they measured. */
    private static final Set<Room> TALKERS = Set.of(Room.STANDALONE, Room.BENCHMARKS);

    private final House house = House.get();

    @Test
    void nothingIsInjectedIntoFields() {
        noFields()
                .should()
                .beAnnotatedWith("jakarta.inject.Inject")
                .orShould()
                .beAnnotatedWith("org.eclipse.microprofile.config.inject.ConfigProperty")
                .because("constructor injection keeps objects whole and testable")
                .check(house.classes());
    }

    @Test
    void onlyTheCommandLinePrints() {
        noClasses()
                .that(DescribedPredicate.describe("are not part of a command line", type -> !isTalker(type)))
                .should(ACCESS_STANDARD_STREAMS)
                .check(house.classes());
    }

    @Test
    void loggingGoesThroughOneDoor() {
        noClasses()
                .that(DescribedPredicate.describe("are not part of a command line", type -> !isTalker(type)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "java.util.logging..", "org.apache.logging..", "org.apache.commons.logging.."))
                .because("services log through SLF4J or JBoss Logging, inner rooms through System.Logger or not at all")
                .check(house.classes());
    }

    private boolean isTalker(JavaClass type) {
        return house.moduleOf(type).flatMap(Room::of).filter(TALKERS::contains).isPresent();
    }
}
