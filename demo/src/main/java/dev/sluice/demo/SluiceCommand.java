package dev.sluice.demo;

import picocli.CommandLine;

/** The command {@code ./sluice}. */
@CommandLine.Command(
        name = "sluice",
        description = "Keeps databases and caches in step with MySQL and MariaDB.",
        subcommands = DemoCommand.class,
        mixinStandardHelpOptions = true)
public final class SluiceCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.@org.jspecify.annotations.Nullable Model.CommandSpec spec;

    public static void main(String[] args) {
        System.exit(new CommandLine(new SluiceCommand()).execute(args));
    }

    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(System.out);
        }
    }
}
