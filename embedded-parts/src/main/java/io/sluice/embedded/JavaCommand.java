package io.sluice.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Builds the command of a child JVM: small, quick to start, on the JDK that runs this process. */
public final class JavaCommand {
    private final List<String> command = new ArrayList<>();

    /** A JVM with this largest heap (a {@code -Xmx} value such as {@code 256m}). */
    public JavaCommand(String maxHeap) {
        this(maxHeap, "-Xms32m");
    }

    private JavaCommand(String maxHeap, String... sizes) {
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + maxHeap);
        command.addAll(List.of(sizes));
        command.add("-XX:+UseSerialGC");
        command.add("-XX:+ExitOnOutOfMemoryError");
        // Compression codecs, RocksDB and Vert.x load native code and use Unsafe: said here once instead of warned of.
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
    }

    /**
     * A JVM that moves much data: its young generation is large from the start. The serial collector resizes it only in full
     * collections, and what a small one promotes meanwhile is what makes those necessary.
     *
     * @param maxHeapMib largest heap in MiB
     */
    public static JavaCommand busy(int maxHeapMib) {
        int young = maxHeapMib * 3 / 8;
        return new JavaCommand(maxHeapMib + "m", "-Xms" + (young + 32) + "m", "-Xmn" + young + "m");
    }

    /** Adds JVM options as they are. */
    public JavaCommand options(String... options) {
        command.addAll(List.of(options));
        return this;
    }

    /** Adds a system property. */
    public JavaCommand property(String name, Object value) {
        command.add("-D" + name + "=" + value);
        return this;
    }

    /** The command that runs a jar. */
    public List<String> jar(Path jar) {
        List<String> whole = new ArrayList<>(command);
        whole.add("-jar");
        whole.add(jar.toString());
        return whole;
    }

    /** The command that runs a class. */
    public List<String> main(String classPath, String mainClass, String... arguments) {
        List<String> whole = new ArrayList<>(command);
        whole.add("-cp");
        whole.add(classPath);
        whole.add(mainClass);
        whole.addAll(List.of(arguments));
        return whole;
    }
}
