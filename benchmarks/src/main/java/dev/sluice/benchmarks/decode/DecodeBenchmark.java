package dev.sluice.benchmarks.decode;

import dev.sluice.binlog.SourceAddress;
import dev.sluice.binlog.TlsOptions;
import dev.sluice.binlog.row.DecodedRow;
import dev.sluice.binlog.row.TableShape;
import dev.sluice.capture.encode.Message;
import dev.sluice.capture.schema.UniqueKeys;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** One operation is one pass over a whole recording; {@link DecodeRun} makes rows of it. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class DecodeBenchmark {
    static final String RECORDING = "sluice.recording";
    static final String ROWS = "sluice.recorded.rows";
    static final String PORT = "sluice.recorded.port";
    static final String USER = "sluice.recorded.user";
    static final String PASSWORD = "sluice.recorded.password";

    /** Rows and the processor time of the whole JVM, garbage collection included. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Work {
        public long rows;
        public long cpuNanos;

        private final com.sun.management.OperatingSystemMXBean system =
                (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

        private void count(long passed, long cpuBefore) {
            if (passed != Long.getLong(ROWS, -1)) {
                throw new IllegalStateException("decoded " + passed + " rows of " + Long.getLong(ROWS));
            }
            rows += passed;
            cpuNanos += system.getProcessCpuTime() - cpuBefore;
        }
    }

    /** A taker that only looks at the JSON. */
    private record Looking(Blackhole hole) implements OwnDecoder.Taker {
        @Override
        public void begin() {}

        @Override
        public void row(TableShape table, DecodedRow row) {
            hole.consume(row.bytes());
            hole.consume(row.cellEnd(row.columnCount() - 1));
        }

        @Override
        public void commit() {}
    }

    /** Sluice: cells, and lines of messages. */
    @State(Scope.Thread)
    public static class Own {
        private final Recording recording = recording();
        private final OwnDecoder decoder = new OwnDecoder(recording, null);
        private final UniqueKeys keys = new UniqueKeys(new SourceAddress(
                "127.0.0.1",
                Integer.getInteger(PORT, 0),
                System.getProperty(USER, ""),
                System.getProperty(PASSWORD, ""),
                TlsOptions.preferred()));
        private final OwnDecoder.Taker lines = new RowLines(keys, message -> last = message);
        private @Nullable Message last;

        @TearDown
        public void tearDown() {
            keys.close();
        }
    }

    /** Sluice with a thread for every other processor that decodes ahead: cells. */
    @State(Scope.Thread)
    public static class OwnAhead {
        private final ExecutorService threads =
                Executors.newFixedThreadPool(Math.max(1, Runtime.getRuntime().availableProcessors() - 1));
        private final OwnDecoder decoder = new OwnDecoder(recording(), threads);

        @TearDown
        public void tearDown() {
            threads.shutdown();
        }
    }

    /** The library, as it comes and with the least work. */
    @State(Scope.Thread)
    public static class Library {
        private final byte[] events = recording().eventsOnly();
        private final LibraryDecoder plain = new LibraryDecoder(events, false);
        private final LibraryDecoder cheapest = new LibraryDecoder(events, true);
    }

    @Benchmark
    public void sluiceDecodeToJson(Own own, Work work, Blackhole hole) throws IOException {
        long before = work.system.getProcessCpuTime();
        work.count(own.decoder.pass(new Looking(hole)), before);
    }

    @Benchmark
    public void sluiceDecodeAheadToJson(OwnAhead own, Work work, Blackhole hole) throws IOException {
        long before = work.system.getProcessCpuTime();
        work.count(own.decoder.pass(new Looking(hole)), before);
    }

    @Benchmark
    public @Nullable Object sluiceDecodeToMessages(Own own, Work work) throws IOException {
        long before = work.system.getProcessCpuTime();
        work.count(own.decoder.pass(own.lines), before);
        return own.last;
    }

    @Benchmark
    public void libraryDecode(Library library, Work work, Blackhole hole) throws IOException {
        long before = work.system.getProcessCpuTime();
        work.count(library.plain.pass(hole::consume), before);
    }

    @Benchmark
    public void libraryDecodeCheapest(Library library, Work work, Blackhole hole) throws IOException {
        long before = work.system.getProcessCpuTime();
        work.count(library.cheapest.pass(hole::consume), before);
    }

    private static Recording recording() {
        try {
            return Recording.load(Path.of(System.getProperty(RECORDING, "")));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
