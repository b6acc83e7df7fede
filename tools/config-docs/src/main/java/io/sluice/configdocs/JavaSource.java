package io.sluice.configdocs;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A parsed Java file: its syntax tree and its Javadoc. Types are not resolved. */
public final class JavaSource {
    private final Path file;
    private final CompilationUnitTree unit;
    private final DocTrees trees;

    private JavaSource(Path file, CompilationUnitTree unit, DocTrees trees) {
        this.file = file;
        this.unit = unit;
        this.trees = trees;
    }

    /**
     * A type declaration.
     *
     * @param path where it stands; its leaf is the {@link ClassTree}
     * @param outer simple names of the types around it
     */
    public record TypeAt(TreePath path, List<String> outer) {
        public TypeAt {
            outer = List.copyOf(outer);
        }

        /** The declaration. */
        public ClassTree tree() {
            return (ClassTree) path.getLeaf();
        }

        /** Name with the outer types, {@code Topics.Definition}. */
        public String name() {
            String simple = tree().getSimpleName().toString();
            return outer.isEmpty() ? simple : String.join(".", outer) + "." + simple;
        }
    }

    /** Parses files; files that do not parse are the compiler's business, not ours, and come out as far as they go. */
    public static List<JavaSource> parse(List<Path> files) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (files.isEmpty()) {
            return List.of();
        }
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null,
                    manager,
                    problem -> {},
                    List.of("-proc:none"),
                    null,
                    manager.getJavaFileObjectsFromPaths(files));
            DocTrees trees = DocTrees.instance(task);
            List<JavaSource> sources = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                sources.add(new JavaSource(Path.of(unit.getSourceFile().toUri()), unit, trees));
            }
            return sources;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file. */
    public Path file() {
        return file;
    }

    /** The syntax tree. */
    public CompilationUnitTree unit() {
        return unit;
    }

    /** The file's package, empty for none. */
    public String packageName() {
        return unit.getPackageName() == null ? "" : unit.getPackageName().toString();
    }

    /** Every named type of the file, nested ones too, outer before inner. */
    public List<TypeAt> types() {
        List<TypeAt> types = new ArrayList<>();
        new TreePathScanner<Void, List<String>>() {
            @Override
            public Void visitClass(ClassTree tree, List<String> outer) {
                if (tree.getSimpleName().isEmpty()) {
                    return super.visitClass(tree, outer);
                }
                types.add(new TypeAt(getCurrentPath(), outer));
                List<String> inside = new ArrayList<>(outer);
                inside.add(tree.getSimpleName().toString());
                return super.visitClass(tree, inside);
            }
        }.scan(unit, List.of());
        return types;
    }

    /** Javadoc of a declaration, without comment marks. */
    public Optional<String> javadoc(TreePath declaration) {
        return Optional.ofNullable(trees.getDocComment(declaration))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    /** Javadoc of a member of a type. */
    public Optional<String> javadoc(TypeAt type, Tree member) {
        return javadoc(new TreePath(type.path(), member));
    }

    /** Lines from a method's first line (annotations not counted) to its closing brace; 0 when it has no body. */
    public int bodyLines(MethodTree method) {
        if (method.getBody() == null) {
            return 0;
        }
        SourcePositions positions = trees.getSourcePositions();
        long start = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, method.getBody()));
        long end = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, method.getBody()));
        return Math.toIntExact(end - start + 1);
    }

    /** Line a tree starts at. */
    public long line(Tree tree) {
        return unit.getLineMap().getLineNumber(trees.getSourcePositions().getStartPosition(unit, tree));
    }
}
