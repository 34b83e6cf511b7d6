package dev.sluice.demo;

import picocli.CommandLine;

/** The command {@code ./sluice}. */
@CommandLine.Command(
        name = "sluice",
        description = "Keeps databases and caches in step with MySQL and MariaDB.",
        subcommands = DemoCommand.class,
        mixinStandardHelpOptions = true)
public final class SluiceCommand implements Runnable {
    public static void main(String[] args) {
        System.exit(new CommandLine(new SluiceCommand()).execute(args));
    }

    @Override
    public void run() {
        new CommandLine(this).usage(System.out);
    }
}
