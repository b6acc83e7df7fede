package io.sluice.standalone.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code up}: the empty stack in the foreground. */
@Command(
        name = "up",
        description = "Starts the whole stack on this machine and keeps it up until Ctrl-C or SIGTERM.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
    @Mixin
    private StackOptions options;

    @Override
    public Integer call() {
        try (RunningStack running = new RunningStack(options.settings(), Terminal.ofThisProcess())) {
            System.out.println("Sluice is ready: " + running.stack().url());
            System.out.flush();
            running.stayUp();
        }
        return 0;
    }
}
