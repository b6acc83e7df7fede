package io.sluice.standalone.cli;

import io.sluice.standalone.stack.Stack;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options of every command that starts the stack. */
final class StackOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = ".sluice",
            description = "Folder of the stack's state (default: ${DEFAULT-VALUE}).")
    private Path data;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Port of the public API (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--host",
            paramLabel = "H",
            defaultValue = "127.0.0.1",
            description = "Address that the public API listens on (default: ${DEFAULT-VALUE}, this machine only).")
    private String host;

    Stack.Settings settings() {
        return new Stack.Settings(data, host, port);
    }
}
