package io.sluice.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import io.sluice.configdocs.JavaSource;
import io.sluice.configdocs.JavaSource.TypeAt;
import io.sluice.configdocs.Reactor.ModuleFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Budgets, names and documentation, read from the sources of src/main/java. */
class SourcesTest {
    private static final int FILE_LINES = 400;
    private static final int METHOD_LINES = 60;
    private static final int CONSTRUCTOR_PARAMETERS = 9;
    private static final int SPI_METHODS = 8;

    /** Rooms others build on: every public type says what it is. */
    private static final Set<Room> DOCUMENTED = Set.of(Room.RECORD_MODEL, Room.CONTRACTS, Room.CONNECTOR_API);

    /** Says nothing, or says how instead of what. */
    private static final Pattern EMPTY_NAME = Pattern.compile(".*(Util|Utils|Helper|Helpers|Impl|Misc|Common|DTO|Dto)");

    /** Words that mean something else here (ARCHITECTURE.md, "Words"). */
    private static final Pattern FOREIGN_WORD =
            Pattern.compile(".*(Pipeline|Workflow|SyncJob|JobRun|SyncKey|SyncMode).*");

    private final House house = House.get();

    @Test
    void filesStaySmall() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (ModuleFolder module : house.modules()) {
            for (JavaSource source : house.sourcesOf(module)) {
                int lines = Files.readAllLines(source.file()).size();
                if (lines > FILE_LINES) {
                    wrong.add(house.shortName(source.file()) + ": " + lines);
                }
            }
        }
        assertThat(wrong).as("files with more than %d lines", FILE_LINES).isEmpty();
    }

    @Test
    void methodsStaySmall() {
        assertThat(methods().filter(method -> method.lines() > METHOD_LINES).map(MethodAt::describe))
                .as("methods with more than %d lines", METHOD_LINES)
                .isEmpty();
    }

    @Test
    void constructorsTakeFewParameters() {
        assertThat(methods()
                        .filter(method -> method.isConstructor()
                                && method.tree().getParameters().size() > CONSTRUCTOR_PARAMETERS)
                        .map(method -> method.describe() + ", parameters "
                                + method.tree().getParameters().size()))
                .as("constructors with more than %d parameters", CONSTRUCTOR_PARAMETERS)
                .isEmpty();
    }

    @Test
    void theSpiHasSmallRoles() {
        assertThat(types().filter(type ->
                                type.room() == Room.CONNECTOR_API && type.tree().getKind() == Tree.Kind.INTERFACE)
                        .filter(type -> type.abstractMethods() > SPI_METHODS)
                        .map(type -> type.describe() + ": " + type.abstractMethods()))
                .as("SPI interfaces with more than %d methods", SPI_METHODS)
                .isEmpty();
    }

    @Test
    void publicTypesSayWhatTheyAre() {
        assertThat(types().filter(type -> DOCUMENTED.contains(type.room()) && type.isPublic() && !type.isDocumented())
                        .map(TypeIn::describe))
                .as("public types without Javadoc")
                .isEmpty();
    }

    @Test
    void namesSayWhat() {
        assertThat(types().filter(type -> EMPTY_NAME.matcher(type.simpleName()).matches()
                                || FOREIGN_WORD.matcher(type.simpleName()).matches())
                        .map(TypeIn::describe))
                .as("names that say nothing, or use a word that means something else here")
                .isEmpty();
    }

    @Test
    void connectorsAreNamedAfterTheirRole() {
        assertThat(types().filter(type ->
                                (type.room() == Room.SOURCE_CONNECTOR && implementsRole(type, "SourceConnector"))
                                        || (type.room() == Room.DESTINATION_CONNECTOR
                                                && implementsRole(type, "DestinationConnector")))
                        .filter(type -> !type.simpleName()
                                .endsWith(
                                        type.room() == Room.SOURCE_CONNECTOR
                                                ? "SourceConnector"
                                                : "DestinationConnector"))
                        .map(TypeIn::describe))
                .isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> packagesHaveAWordOfTheirOwn() {
        return house.modules().stream()
                .map(module -> DynamicTest.dynamicTest(module.name(), () -> {
                    Set<String> told = house.sourcesOf(module).stream()
                            .filter(source -> source.file().endsWith("package-info.java"))
                            .map(JavaSource::packageName)
                            .collect(java.util.stream.Collectors.toSet());
                    assertThat(house.sourcesOf(module).stream()
                                    .map(JavaSource::packageName)
                                    .distinct()
                                    .filter(name -> !told.contains(name)))
                            .as("packages of %s without package-info.java", module.name())
                            .isEmpty();
                }));
    }

    private static boolean implementsRole(TypeIn type, String role) {
        return type.tree().getImplementsClause().stream()
                .anyMatch(name -> name.toString().equals(role));
    }

    private Stream<TypeIn> types() {
        return house.modules().stream().flatMap(module -> house.sourcesOf(module).stream()
                .flatMap(source -> source.types().stream().map(type -> new TypeIn(house, module, source, type))));
    }

    private Stream<MethodAt> methods() {
        return types().flatMap(type -> type.tree().getMembers().stream()
                .filter(MethodTree.class::isInstance)
                .map(member -> new MethodAt(type, (MethodTree) member)));
    }

    /** A type and where it stands. */
    private record TypeIn(House house, ModuleFolder module, JavaSource source, TypeAt type) {
        ClassTree tree() {
            return type.tree();
        }

        Room room() {
            return Room.of(module.name()).orElse(null);
        }

        String simpleName() {
            return tree().getSimpleName().toString();
        }

        String describe() {
            return house.shortName(source.file()) + ":" + source.line(tree()) + " " + type.name();
        }

        boolean isDocumented() {
            return source.javadoc(type.path()).isPresent();
        }

        /** Public to the end: a public type inside a package-private one is not. Members of interfaces are public. */
        boolean isPublic() {
            var path = type.path();
            while (path != null && path.getLeaf() instanceof ClassTree declared) {
                boolean inInterface = path.getParentPath().getLeaf() instanceof ClassTree outer
                        && outer.getKind() == Tree.Kind.INTERFACE;
                if (!inInterface && !declared.getModifiers().getFlags().contains(Modifier.PUBLIC)) {
                    return false;
                }
                path = path.getParentPath();
            }
            return true;
        }

        long abstractMethods() {
            return tree().getMembers().stream()
                    .filter(member -> member instanceof MethodTree method && method.getBody() == null)
                    .count();
        }
    }

    /** A method and where it stands. */
    private record MethodAt(TypeIn type, MethodTree tree) {
        int lines() {
            return type.source().bodyLines(tree);
        }

        boolean isConstructor() {
            return tree.getReturnType() == null && type.tree().getKind() != Tree.Kind.RECORD;
        }

        String describe() {
            return type.describe() + "." + tree.getName() + ": " + lines() + " lines";
        }
    }
}
