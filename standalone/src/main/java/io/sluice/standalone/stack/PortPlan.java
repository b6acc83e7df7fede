package io.sluice.standalone.stack;

import io.sluice.embedded.Ports;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * Inner ports of a stack, all on the loopback address. A name keeps its port from start to start, so that tools which
 * people point at Kafka or PostgreSQL find them again; a port that somebody else took meanwhile is replaced.
 */
final class PortPlan {
    private final Path file;
    private final Properties known = new Properties();
    private final Map<String, Integer> given = new HashMap<>();

    PortPlan(Path file) {
        this.file = file;
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                known.load(reader);
            } catch (IOException e) {
                throw new StackException("the file " + file + " cannot be read: " + e.getMessage(), e);
            }
        }
    }

    /** The port of this name, the same whoever asks and how often; remembers it. */
    int port(String name) {
        Integer asked = given.get(name);
        if (asked != null) {
            return asked;
        }
        int port = parse(known.getProperty(name));
        if (port == 0 || given.containsValue(port) || !Ports.isFree("127.0.0.1", port)) {
            do {
                port = Ports.free();
            } while (given.containsValue(port));
        }
        given.put(name, port);
        known.setProperty(name, Integer.toString(port));
        return port;
    }

    private static int parse(String text) {
        try {
            int port = text == null ? 0 : Integer.parseInt(text);
            return port > 0 && port <= 65_535 ? port : 0;
        } catch (NumberFormatException edited) {
            return 0;
        }
    }

    void save() {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
                known.store(writer, "Ports of this stack on the loopback address");
            }
        } catch (IOException e) {
            throw new StackException("the file " + file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
