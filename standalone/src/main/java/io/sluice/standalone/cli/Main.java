package io.sluice.standalone.cli;

import io.sluice.embedded.PartException;
import io.sluice.standalone.api.CallFailed;
import io.sluice.standalone.demo.DemoException;
import io.sluice.standalone.stack.StackException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/** Entry of the standalone program. Exit codes: 0 success, 1 a failure told in one line, 2 a wrong command line. */
@Command(
        name = "sluice",
        description = "Keeps business tools in sync with a data warehouse.",
        mixinStandardHelpOptions = true,
        subcommands = {UpCommand.class, DemoCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    private static final int NEEDED_JAVA = 25;

    private Main() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        // Names in many scripts are printed, whatever the locale of the terminal says.
        System.setOut(new PrintStream(System.out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(System.err, true, StandardCharsets.UTF_8));
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        if (Runtime.version().feature() < NEEDED_JAVA) {
            System.err.println("sluice: Java " + NEEDED_JAVA + " or newer is needed, this is " + Runtime.version());
            return 1;
        }
        CommandLine line = new CommandLine(new Main());
        line.setExecutionExceptionHandler(failures());
        if (arguments.length == 0) {
            line.usage(System.err);
            return CommandLine.ExitCode.USAGE;
        }
        return line.execute(arguments);
    }

    private static IExecutionExceptionHandler failures() {
        return (failure, line, parsed) -> {
            if (failure instanceof StackException
                    || failure instanceof PartException
                    || failure instanceof CallFailed
                    || failure instanceof DemoException) {
                // What follows the first line are last lines of a log file, which the first line names.
                System.err.println(
                        "sluice: " + failure.getMessage().lines().findFirst().orElse("failed"));
            } else {
                System.err.println("sluice: unexpected failure: " + failure);
                failure.printStackTrace(System.err);
            }
            return 1;
        };
    }
}
