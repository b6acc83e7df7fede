package io.sluice.standalone.cli;

import io.sluice.standalone.demo.Demo;
import io.sluice.standalone.demo.DemoOutput;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo}: the stack, a warehouse with generated data, and three runs of two syncs. */
@Command(
        name = "demo",
        description = "Starts the stack, makes a demo warehouse and shows two syncs running three times.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Mixin
    private StackOptions options;

    @Option(names = "--exit", description = "End after the demo: 0 when all went as it should, else 1.")
    private boolean exit;

    @Override
    public Integer call() throws Exception {
        DemoOutput output = new DemoOutput(System.out, Terminal.isWatched());
        output.line("Starting Kafka, PostgreSQL, the schema registry and five services …");
        try (RunningStack running = new RunningStack(options.settings(), Terminal.ofThisProcess())) {
            output.line("Sluice is ready: " + running.stack().url());
            boolean asExpected = new Demo(running.stack(), output).run();
            if (!exit) {
                output.line("Sluice stays up: Ctrl-C ends it.");
                running.stayUp();
            }
            return asExpected ? 0 : 1;
        }
    }
}
