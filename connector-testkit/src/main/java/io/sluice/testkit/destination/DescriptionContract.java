package io.sluice.testkit.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.connector.ConnectorException;
import io.sluice.connector.destination.DestinationConnection;
import io.sluice.connector.destination.DestinationConnector;
import io.sluice.connector.destination.DestinationField;
import io.sluice.connector.destination.DestinationObject;
import io.sluice.connector.destination.WritePlan;
import io.sluice.testkit.BrokenSettings;
import io.sluice.testkit.CheckAssertions;
import io.sluice.testkit.ContractSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** What a destination says of itself: registration, connection test, objects and fields. */
public interface DescriptionContract extends DestinationSuite {

    @Test
    default void isFoundByServiceLoader() {
        List<Class<?>> found = new ArrayList<>();
        ServiceLoader.load(DestinationConnector.class).forEach(connector -> found.add(connector.getClass()));
        assertThat(found).contains(fixture().connector().getClass());
    }

    @Test
    default void describesItselfConstantly() {
        DestinationConnector connector = fixture().connector();
        assertThat(connector.descriptor()).isEqualTo(connector.descriptor());
        assertThat(connector.claims()).isEqualTo(connector.claims());
        assertThat(connector.descriptor().settings().settings())
                .allSatisfy(setting -> assertThat(setting.help()).isNotBlank());
    }

    @Test
    default void checkPassesWithNamedSteps() throws Exception {
        try (DestinationBench bench = new DestinationBench(fixture())) {
            CheckAssertions.assertPassed(bench.connection().check());
        }
    }

    @Test
    default void checkNamesWhatIsWrongAndSkipsTheRest() {
        DestinationConnector connector = fixture().connector();
        for (BrokenSettings broken : fixture().brokenSettings()) {
            CheckAssertions.assertNamed(broken, () -> {
                try (DestinationConnection connection =
                        connector.open(ContractSettings.read(connector, broken.settings()))) {
                    return connection.check();
                }
            });
        }
    }

    @Test
    default void listsObjectsInOrderWithTheirFields() throws Exception {
        try (DestinationBench bench = new DestinationBench(fixture())) {
            assertThat(bench.connection().objects())
                    .extracting(DestinationObject::fullName)
                    .isSorted()
                    .doesNotHaveDuplicates();
            DestinationObject listed = DestinationSuite.listed(bench);
            assertThat(listed.behaviors()).isNotEmpty();
            if (fixture().connector().claims().acceptsAnyField()) {
                return;
            }
            assertThat(listed.fields())
                    .extracting(DestinationField::fullName)
                    .containsAll(bench.object().fields());
            DestinationField identifier =
                    listed.field(bench.object().identifier()).orElseThrow();
            assertThat(identifier.identifier()).isTrue();
            assertThat(listed.field(bench.object().flag()).orElseThrow().type())
                    .isEqualTo(DestinationField.Type.BOOLEAN);
            assertThat(listed.field(bench.object().number()).orElseThrow().type())
                    .isIn(DestinationField.Type.DECIMAL, DestinationField.Type.FLOAT);
        }
    }

    @Test
    default void unknownObjectIsNamed() throws Exception {
        needs(Trait.KNOWS_OBJECTS);
        try (DestinationBench bench = new DestinationBench(fixture())) {
            WritePlan plan = new WritePlan("no_such.object_7f3a", "id", List.of("id"), 1, 2);
            assertThatExceptionOfType(ConnectorException.class)
                    .isThrownBy(() -> bench.connection().openWriter(plan).close())
                    .satisfies(thrown -> assertThat(thrown.error().code()).isEqualTo("OBJECT_NOT_FOUND"))
                    .withMessageContaining("no_such.object_7f3a");
        }
    }

    @Test
    default void unknownFieldIsNamedUnlessAnyFieldIsClaimed() throws Exception {
        try (DestinationBench bench = new DestinationBench(fixture())) {
            WritePlan plan = bench.plan(List.of(bench.object().identifier(), "no_such_field_7f3a"));
            if (fixture().connector().claims().acceptsAnyField()) {
                bench.connection().openWriter(plan).close();
                return;
            }
            assertThatExceptionOfType(ConnectorException.class)
                    .isThrownBy(() -> bench.connection().openWriter(plan).close())
                    .satisfies(thrown -> assertThat(thrown.error().code()).isEqualTo("FIELD_NOT_FOUND"))
                    .withMessageContaining("no_such_field_7f3a");
        }
    }
}
