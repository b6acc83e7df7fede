package io.sluice.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * One running child. It lives in a session of its own, so that Ctrl-C in a terminal reaches only the parent, which
 * then ends its children in order; and the kernel ends it when the parent dies in any other way. Thread-safe.
 */
public final class ChildProcess {
    private static final long MAX_LOG_BYTES = 20L << 20;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration KILL_WAIT = Duration.ofSeconds(10);

    /*
     * The kernel's parent-death signal follows the THREAD that started the child. One thread that never ends starts
     * them all; a pool's or a virtual thread would take its children along when it retires.
     */
    private static final ExecutorService STARTER = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "child-process-starter");
        thread.setDaemon(true);
        return thread;
    });

    private final ChildSpec spec;
    private final Process process;
    private final long logStart;

    private ChildProcess(ChildSpec spec, Process process, long logStart) {
        this.spec = spec;
        this.process = process;
        this.logStart = logStart;
    }

    /**
     * Starts the program; it may end again at once, so follow with {@link #awaitReady}. A log file that has grown large
     * is set aside as {@code NAME.1} first.
     *
     * @throws PartException when the program cannot be executed
     */
    public static ChildProcess start(ChildSpec spec) {
        try {
            long logStart = prepareLog(spec.logFile());
            ProcessBuilder builder = new ProcessBuilder(wrap(spec));
            builder.environment().putAll(spec.environment());
            builder.redirectErrorStream(true);
            builder.redirectOutput(
                    ProcessBuilder.Redirect.appendTo(spec.logFile().toFile()));
            Process process = STARTER.submit(builder::start).get();
            process.getOutputStream().close();
            if (spec.pidFile().isPresent()) {
                PidFiles.write(spec.pidFile().get(), process.pid());
            }
            return new ChildProcess(spec, process, logStart);
        } catch (IOException e) {
            throw new PartException("Cannot start " + spec.name() + ": " + e.getMessage(), e);
        } catch (ExecutionException e) {
            throw new PartException(
                    "Cannot start " + spec.name() + ": " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PartException("Interrupted while starting " + spec.name(), e);
        }
    }

    private static long prepareLog(Path logFile) throws IOException {
        Files.createDirectories(logFile.toAbsolutePath().getParent());
        if (!Files.exists(logFile)) {
            return 0;
        }
        if (Files.size(logFile) > MAX_LOG_BYTES) {
            Files.move(
                    logFile, logFile.resolveSibling(logFile.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            return 0;
        }
        return Files.size(logFile);
    }

    private static List<String> wrap(ChildSpec spec) {
        List<String> command = new ArrayList<>();
        if (SystemTools.has("setsid")) {
            command.add("setsid");
        }
        if (spec.asNobody()) {
            command.addAll(List.of("unshare", "--user"));
        }
        if (SystemTools.has("setpriv")) {
            // PostgreSQL takes its own children along on INT; a JVM has none, and must not linger in a shutdown hook.
            String deathSignal = spec.stopSignal() == ChildSpec.StopSignal.INT ? "INT" : "KILL";
            command.addAll(List.of("setpriv", "--pdeathsig", deathSignal, "--"));
        }
        command.addAll(spec.command());
        return command;
    }

    /**
     * Waits until the probe is true, asking every 100 ms.
     *
     * @throws PartException when the process ends or the time is over; the process is ended then
     */
    public void awaitReady(BooleanSupplier probe, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            if (!process.isAlive()) {
                forget();
                throw new PartException(spec.name() + " ended with exit code " + process.exitValue()
                        + " instead of starting; see " + spec.logFile() + "\n" + logTail(15));
            }
            if (probe.getAsBoolean()) {
                return;
            }
            if (System.nanoTime() - deadline > 0) {
                kill();
                throw new PartException(spec.name() + " was not ready after " + timeout.toSeconds() + " s; see "
                        + spec.logFile() + "\n" + logTail(15));
            }
            pause();
        }
    }

    private void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
            throw new PartException("Interrupted while waiting for " + spec.name(), e);
        }
    }

    /** The process id. */
    public long pid() {
        return process.pid();
    }

    /** True while the process lives. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** The exit code of an ended process. */
    public int exitCode() {
        return process.exitValue();
    }

    /** Completes when the process has ended, for whatever reason. */
    public CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    /** Memory that this process and its own children hold, in bytes; 0 where the system does not tell. */
    public long residentBytes() {
        if (!process.isAlive()) {
            return 0;
        }
        return ProcessMemory.residentBytes(process.pid());
    }

    /** What the process has written since this start. */
    public String logSinceStart() {
        return LogFiles.from(spec.logFile(), logStart);
    }

    /** The last lines that the process has written since this start. */
    public String logTail(int lines) {
        return LogFiles.lastLines(logSinceStart(), lines);
    }

    /** Sends the orderly stop signal without waiting. */
    public void requestStop() {
        if (!process.isAlive()) {
            return;
        }
        switch (spec.stopSignal()) {
            case TERM -> process.destroy();
            case INT -> SystemTools.signal("INT", process.pid());
        }
    }

    /** Asks the process to end, waits for the grace time, then ends it by force. */
    public void stop(Duration grace) {
        requestStop();
        if (waitFor(grace)) {
            forget();
        } else {
            kill();
        }
    }

    /** SIGKILL, and waits until the process is gone. */
    public void kill() {
        process.destroyForcibly();
        waitFor(KILL_WAIT);
        forget();
    }

    private boolean waitFor(Duration time) {
        boolean interrupted = false;
        long deadline = System.nanoTime() + time.toNanos();
        try {
            while (true) {
                try {
                    return process.waitFor(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void forget() {
        spec.pidFile().ifPresent(PidFiles::delete);
    }

    @Override
    public String toString() {
        return spec.name() + "[pid " + process.pid() + "]";
    }
}
