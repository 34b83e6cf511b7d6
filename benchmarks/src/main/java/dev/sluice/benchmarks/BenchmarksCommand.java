package dev.sluice.benchmarks;

import dev.sluice.benchmarks.decode.DecodeRun;
import dev.sluice.benchmarks.wholeway.CatchUp;
import dev.sluice.benchmarks.wholeway.Latency;
import dev.sluice.benchmarks.wholeway.SysbenchRun;
import dev.sluice.benchmarks.wholeway.Way;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/** {@code benchmarks/run}: prints one line of JSON for each result; exit code 1 if a run lost a row. */
@CommandLine.Command(
        name = "benchmarks/run",
        description = "Measures Sluice on real servers; one line of JSON for each result on the standard output.",
        mixinStandardHelpOptions = true)
public final class BenchmarksCommand implements Callable<Integer> {
    /** What can be measured. */
    enum Benchmark {
        JMH,
        CATCHUP,
        LATENCY,
        SYSBENCH,
        ALL
    }

    @CommandLine.Parameters(
            paramLabel = "jmh|catchup|latency|sysbench|all",
            description = "which (default: all)",
            defaultValue = "all")
    private Benchmark benchmark = Benchmark.ALL;

    @CommandLine.Option(
            names = "--rows",
            description = "row events of the backlog; a tenth of them for jmh (default: ${DEFAULT-VALUE})",
            defaultValue = "200000")
    private int rows;

    @CommandLine.Option(
            names = "--ways",
            split = ",",
            description = "catchup: how far, in this order (default: ${DEFAULT-VALUE})",
            defaultValue = "log,mysql,redis")
    private List<Way> ways = List.of(Way.values());

    @CommandLine.Option(
            names = "--seconds",
            description = "length of a latency or sysbench run (default: 30 and 120), of a jmh iteration (default: 2)",
            defaultValue = "0")
    private int seconds;

    @CommandLine.Option(
            names = "--rate",
            description = "latency: commits a second (default: ${DEFAULT-VALUE})",
            defaultValue = "200")
    private int rate;

    @CommandLine.Option(
            names = "--table-size",
            description = "sysbench: rows in each of 4 tables (default: ${DEFAULT-VALUE})",
            defaultValue = "100000")
    private int tableSize;

    @CommandLine.Option(
            names = "--threads",
            description = "sysbench: clients (default: ${DEFAULT-VALUE})",
            defaultValue = "4")
    private int threads;

    @CommandLine.Option(names = "--durable", description = "the target syncs its files at each commit")
    private boolean durable;

    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchmarksCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws Exception {
        boolean clean = true;
        if (wanted(Benchmark.JMH)) {
            DecodeRun.run(Math.max(1000, rows / 10), seconds(2));
        }
        if (wanted(Benchmark.CATCHUP)) {
            clean = CatchUp.run(rows, durable, ways);
        }
        if (wanted(Benchmark.LATENCY)) {
            clean &= Latency.run(rate, 10, seconds(30), durable);
        }
        if (wanted(Benchmark.SYSBENCH)) {
            clean &= SysbenchRun.run(tableSize, threads, Duration.ofSeconds(seconds(120)), durable);
        }
        return clean ? 0 : 1;
    }

    private boolean wanted(Benchmark one) {
        return benchmark == one || benchmark == Benchmark.ALL;
    }

    private int seconds(int usual) {
        return seconds > 0 ? seconds : usual;
    }
}
