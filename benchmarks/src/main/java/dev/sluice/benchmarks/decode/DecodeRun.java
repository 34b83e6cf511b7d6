package dev.sluice.benchmarks.decode;

import dev.sluice.benchmarks.measure.Result;
import dev.sluice.benchmarks.workload.Backlog;
import dev.sluice.benchmarks.workload.WideTable;
import dev.sluice.binlog.SourceAddress;
import dev.sluice.binlog.TlsOptions;
import dev.sluice.testsupport.servers.MySqlServer;
import dev.sluice.testsupport.servers.MySqlVersion;
import dev.sluice.testsupport.servers.ServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Records a binlog once and runs {@link DecodeBenchmark} on it; one result for each decoder. */
public final class DecodeRun {
    private static final String SCHEMA = "w2";
    private static final long SEED = 20_15;

    private DecodeRun() {}

    /**
     * Measures.
     *
     * @param rows in the recording
     * @param seconds of each of the five warm-up and five measured iterations of each decoder
     */
    public static void run(int rows, int seconds) throws Exception {
        Path file = Files.createTempFile("sluice-recording", ".binlog");
        try (MySqlServer server = MySqlServer.obtain(
                "source",
                MySqlVersion.V8_0_15,
                ServerOptions.defaults().with("--sync-binlog=0", "--innodb-flush-log-at-trx-commit=2"))) {
            WideTable.create(server, SCHEMA);
            Backlog backlog = Backlog.write(server, SCHEMA, rows, SEED);
            Recording recording = Recording.of(
                    new SourceAddress(
                            server.host(), server.port(), server.user(), server.password(), TlsOptions.preferred()),
                    backlog);
            recording.save(file);
            for (RunResult result : measure(server, file, rows, seconds)) {
                report(result, rows, recording.packets().length);
            }
        } finally {
            Files.delete(file);
        }
    }

    private static Collection<RunResult> measure(MySqlServer server, Path file, int rows, int seconds)
            throws RunnerException {
        Options options = new OptionsBuilder()
                .include(DecodeBenchmark.class.getName() + ".*")
                .forks(1)
                .warmupIterations(5)
                .warmupTime(TimeValue.seconds(seconds))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(seconds))
                .addProfiler(GCProfiler.class)
                .jvmArgs(
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        property(DecodeBenchmark.RECORDING, file),
                        property(DecodeBenchmark.ROWS, rows),
                        property(DecodeBenchmark.PORT, server.port()),
                        property(DecodeBenchmark.USER, server.user()),
                        property(DecodeBenchmark.PASSWORD, server.password()))
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .build();
        return new Runner(options).run();
    }

    private static void report(RunResult result, int rows, int bytes) {
        double counted = secondary(result, "rows");
        double millis = result.getPrimaryResult().getScore();
        double cpuNanos = secondary(result, "cpuNanos");
        new Result("decode")
                .with("decoder", name(result))
                .with("rows", rows)
                .with("recordedBytesPerRow", (double) bytes / rows)
                .with("rowsPerSecond", Math.rint(rows / millis * 1000))
                .with("rowsPerCpuSecond", Math.rint(counted / cpuNanos * 1e9))
                .with("cpuMicrosPerRow", cpuNanos / counted / 1000)
                .with("allocatedBytesPerRow", secondary(result, "gc.alloc.rate.norm") / rows)
                .print();
    }

    private static String name(RunResult result) {
        String full = result.getParams().getBenchmark();
        return full.substring(full.lastIndexOf('.') + 1);
    }

    private static double secondary(RunResult result, String name) {
        return result.getSecondaryResults().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no " + name + " in " + result.getSecondaryResults().keySet()))
                .getValue()
                .getScore();
    }

    private static String property(String name, Object value) {
        return "-D" + name + "=" + value;
    }
}
