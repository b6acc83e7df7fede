package io.sluice.architecture;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.sluice.configdocs.JavaSource;
import io.sluice.configdocs.Reactor;
import io.sluice.configdocs.Reactor.ModuleFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** All modules of the root pom, their compiled product classes and their sources; read once per test run. */
final class House {
    private static final House INSTANCE = new House();

    private final Reactor reactor = Reactor.find();
    private final Map<String, String> moduleOfClass = new HashMap<>();
    private final Map<String, List<JavaSource>> sources = new ConcurrentHashMap<>();
    private final JavaClasses classes;

    private House() {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        List<Path> folders = new ArrayList<>();
        for (ModuleFolder module : codeModules(reactor)) {
            if (!Files.isDirectory(module.classes())) {
                throw new IllegalStateException(
                        module.name() + " is not compiled: build it first (mvn -pl architecture-tests -am test)");
            }
            folders.add(module.classes());
        }
        classes = new ClassFileImporter().importPaths(folders);
        Map<String, String> byFolder = new HashMap<>();
        codeModules(reactor)
                .forEach(module -> byFolder.put(module.classes().toUri().toString(), module.name()));
        for (JavaClass type : classes) {
            String source = type.getSource().orElseThrow().getUri().toString();
            byFolder.forEach((folder, module) -> {
                if (source.startsWith(folder)) {
                    moduleOfClass.put(type.getName(), module);
                }
            });
        }
    }

    static House get() {
        return INSTANCE;
    }

    /** Modules with product code. */
    List<ModuleFolder> modules() {
        return codeModules(reactor);
    }

    /** Every module, those with tests only too. */
    Reactor reactor() {
        return reactor;
    }

    /** Every product class. */
    JavaClasses classes() {
        return classes;
    }

    /** The product classes of one module. */
    JavaClasses classesOf(ModuleFolder module) {
        return classes.that(DescribedPredicate.describe(
                "in module " + module.name(), type -> moduleOf(type).equals(Optional.of(module.name()))));
    }

    /** The module a class is compiled in; empty for classes of others. */
    Optional<String> moduleOf(JavaClass type) {
        JavaClass base = type.getBaseComponentType();
        return Optional.ofNullable(moduleOfClass.get(base.getName()));
    }

    /** Parsed product sources of one module; generated code is not among them. */
    List<JavaSource> sourcesOf(ModuleFolder module) {
        return sources.computeIfAbsent(module.name(), any -> JavaSource.parse(module.javaFiles()));
    }

    /** A file's path from the root, for failure messages. */
    String shortName(Path file) {
        return reactor.root().relativize(file).toString();
    }

    private static List<ModuleFolder> codeModules(Reactor reactor) {
        return reactor.modules().stream()
                .filter(module -> !module.javaFiles().isEmpty())
                .toList();
    }
}
