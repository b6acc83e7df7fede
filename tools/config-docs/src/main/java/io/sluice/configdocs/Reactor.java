package io.sluice.configdocs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The repository as Maven sees it.
 *
 * @param root folder of the parent pom
 * @param modules every module with sources of its own, in the order of the poms
 */
public record Reactor(Path root, List<ModuleFolder> modules) {
    private static final Pattern MODULE = Pattern.compile("<module>\\s*([^<\\s]+)\\s*</module>");
    private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
    private static final String PARENT = "<artifactId>sluice-parent</artifactId>";

    public Reactor {
        modules = List.copyOf(modules);
    }

    /**
     * One module.
     *
     * @param name path from the root, for example {@code connectors/support-jdbc}
     * @param folder the module's folder
     */
    public record ModuleFolder(String name, Path folder) {
        /** Where the product code is. */
        public Path mainSources() {
            return folder.resolve("src/main/java");
        }

        /** Where the compiled product code is. */
        public Path classes() {
            return folder.resolve("target/classes");
        }

        /** Every file of the product code, sorted; empty for a module that has only tests. */
        public List<Path> javaFiles() {
            if (!Files.isDirectory(mainSources())) {
                return List.of();
            }
            try (Stream<Path> files = Files.walk(mainSources())) {
                return files.filter(file -> file.toString().endsWith(".java"))
                        .sorted()
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The reactor around the working directory, or of the folder named by the property {@code sluice.root}. */
    public static Reactor find() {
        String given = System.getProperty("sluice.root");
        Path folder = Path.of(given == null ? "" : given).toAbsolutePath().normalize();
        for (Path at = folder; at != null; at = at.getParent()) {
            Path pom = at.resolve("pom.xml");
            if (Files.exists(pom) && isParent(read(pom))) {
                return of(at);
            }
        }
        throw new IllegalStateException("no pom of sluice-parent in " + folder + " or above it");
    }

    /** The reactor of a root folder. */
    public static Reactor of(Path root) {
        List<ModuleFolder> modules = new ArrayList<>();
        collect(root, root, modules);
        return new Reactor(root, modules);
    }

    /** The module with a name. */
    public ModuleFolder module(String name) {
        return modules.stream()
                .filter(module -> module.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no module " + name + " in " + root.resolve("pom.xml")));
    }

    private static void collect(Path root, Path folder, List<ModuleFolder> into) {
        Matcher matcher =
                MODULE.matcher(COMMENT.matcher(read(folder.resolve("pom.xml"))).replaceAll(""));
        boolean aggregates = false;
        while (matcher.find()) {
            aggregates = true;
            collect(root, folder.resolve(matcher.group(1)), into);
        }
        if (!aggregates) {
            into.add(new ModuleFolder(root.relativize(folder).toString().replace('\\', '/'), folder));
        }
    }

    private static boolean isParent(String pom) {
        int parent = pom.indexOf("<parent>");
        int own = pom.indexOf(PARENT);
        return own >= 0 && (parent < 0 || own < parent);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
