package io.sluice.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How one child process is started and ended.
 *
 * @param name short name for messages, such as {@code kafka}
 * @param command program and arguments; no secrets, since other users can read them
 * @param environment variables added to those of this process; the place for secrets
 * @param logFile receives standard output and standard error; appended to
 * @param marker a text that occurs in {@code command} and in no command of other people, such as the data directory:
 *     by it a left-over process is known to be ours
 * @param pidFile where the process id is kept while it runs, or empty to keep none
 * @param stopSignal the signal that makes this program end in order
 * @param asNobody run in a user namespace in which the super-user is nobody: for programs that refuse to run as root
 */
public record ChildSpec(
        String name,
        List<String> command,
        Map<String, String> environment,
        Path logFile,
        String marker,
        Optional<Path> pidFile,
        StopSignal stopSignal,
        boolean asNobody) {

    /** Signals that a program may want for an orderly end. */
    public enum StopSignal {
        /** SIGTERM. */
        TERM,
        /** SIGINT; PostgreSQL's fast shutdown. */
        INT
    }

    public ChildSpec {
        Objects.requireNonNull(name);
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        Objects.requireNonNull(logFile);
        Objects.requireNonNull(pidFile);
        Objects.requireNonNull(stopSignal);
        if (command.stream().noneMatch(argument -> argument.contains(marker))) {
            throw new IllegalArgumentException("The command of " + name + " must contain its marker " + marker);
        }
    }

    /** A Java program: ended by SIGTERM, run as the current user. */
    public static ChildSpec java(
            String name,
            List<String> command,
            Map<String, String> environment,
            Path logFile,
            String marker,
            Optional<Path> pidFile) {
        return new ChildSpec(name, command, environment, logFile, marker, pidFile, StopSignal.TERM, false);
    }

    /** Without the environment, which may hold secrets. */
    @Override
    public String toString() {
        return "ChildSpec[" + name + ", " + command + ", log=" + logFile + "]";
    }
}
