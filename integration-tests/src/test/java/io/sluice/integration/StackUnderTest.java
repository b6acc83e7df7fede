package io.sluice.integration;

import io.sluice.embedded.PostgresDatabase;
import io.sluice.standalone.api.SluiceApi;
import io.sluice.standalone.stack.Reporter;
import io.sluice.standalone.stack.Stack;
import io.sluice.testsupport.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One real stack for all tests of this module, started at first use and stopped when the JVM ends. */
final class StackUnderTest {
    private static final Logger LOG = LoggerFactory.getLogger(StackUnderTest.class);

    private static Stack stack;
    private static SluiceApi api;

    private StackUnderTest() {}

    static synchronized Stack stack() {
        if (stack == null) {
            try {
                Path data = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "stack-");
                stack = Stack.open(new Stack.Settings(data, "127.0.0.1", freePort()), new ToLog());
                Runtime.getRuntime().addShutdownHook(new Thread(stack::stop, "stack-stop"));
                stack.start();
                api = new SluiceApi(stack.url(), stack.apiKey());
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
        return stack;
    }

    static SluiceApi api() {
        stack();
        return api;
    }

    static PostgresDatabase database(String name) {
        return stack().recreateDatabase(name);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Kills a part as {@code kill -9} does; the supervisor starts it again. */
    static void kill(String part) {
        pid(part).flatMap(ProcessHandle::of).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** The process of a part; empty while it is not running. */
    static Optional<Long> pid(String part) {
        try {
            Path file = stack().data().pid(part);
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            return Files.readString(file).lines().findFirst().map(line -> Long.parseLong(line.strip()));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** Waits until a part runs under another process than before. */
    static void awaitRestart(String part, Optional<Long> before) {
        Eventually.await("a new process of " + part, Duration.ofSeconds(90), () -> pid(part)
                .filter(now -> !Optional.of(now).equals(before))
                .filter(now -> ProcessHandle.of(now).map(ProcessHandle::isAlive).orElse(false)));
    }

    /** The stack's messages go to the test's log. */
    private static final class ToLog implements Reporter {
        @Override
        public void step(String text) {
            LOG.info(text);
        }

        @Override
        public void problem(String text) {
            LOG.warn(text);
        }
    }
}
