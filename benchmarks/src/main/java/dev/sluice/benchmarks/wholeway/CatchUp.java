package dev.sluice.benchmarks.wholeway;

import dev.sluice.benchmarks.measure.Costs;
import dev.sluice.benchmarks.measure.Result;
import dev.sluice.benchmarks.workload.Backlog;
import dev.sluice.benchmarks.workload.WideTable;
import dev.sluice.broker.StreamStart;
import dev.sluice.demo.check.SourceLogCheck;
import dev.sluice.demo.stack.Services;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets freshly started services catch up with a backlog, as far as each way goes. What arrives is compared; a lossy run has
 * a rate of 0.
 */
public final class CatchUp {
    private static final String SCHEMA = "w2";
    private static final long SEED = 20_15;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final double MILLION = 1e6;

    private final Rig rig;
    private final Backlog backlog;

    private CatchUp(Rig rig, Backlog backlog) {
        this.rig = rig;
        this.backlog = backlog;
    }

    /** Runs the ways one after the other; true if nothing was lost on any. */
    public static boolean run(int rows, boolean durable, List<Way> ways) throws Exception {
        boolean clean = true;
        try (Rig rig = Rig.start(durable)) {
            rig.targets();
            WideTable.create(rig.source(), SCHEMA);
            System.err.println("writing " + rows + " row events");
            Backlog backlog = Backlog.write(rig.source(), SCHEMA, rows, SEED);
            CatchUp catchUp = new CatchUp(rig, backlog);
            for (Way way : ways) {
                clean &= catchUp.measure(way);
            }
        }
        return clean;
    }

    private boolean measure(Way way) throws Exception {
        String name = "catchup-" + way;
        rig.restartServices();
        if (way == Way.MYSQL) {
            WideTable.create(rig.target(), SCHEMA);
        }
        settle();
        Costs before = rig.costs();
        long begin = System.nanoTime();
        rig.source(name, backlog.from());
        rig.pipeline(name, name, way, SCHEMA);
        Lap[] laps = arrive(way, name);
        Map<String, Long> peaks = peaks(way);
        rig.stop(name);
        long lost = lost(way, name);
        Lap whole = laps[1].since(begin, before);
        Lap second = laps[1].since(laps[0].at, laps[0].costs);
        report(way, whole, second, peaks, lost);
        return lost == 0;
    }

    /** A moment and what everything has cost until then, or the difference of two of them. */
    private record Lap(long at, Costs costs) {
        Lap since(long begin, Costs before) {
            return new Lap(at - begin, costs.since(before));
        }

        double rate(long rows) {
            return Math.rint(rows * 1e9 / at);
        }

        Map<String, Double> perMillion(Way way, long rows) {
            Map<String, Double> perMillion = costs.times(MILLION / rows);
            perMillion.keySet().retainAll(way.processes());
            return perMillion;
        }
    }

    /** Waits for the backlog; the moments when half of it and all of it was there. */
    private Lap[] arrive(Way way, String name) throws Exception {
        if (way == Way.LOG) {
            try (LogFollower log = LogFollower.of(rig.stack().broker().amqpUri(), name, StreamStart.FIRST, PATIENCE)) {
                log.readTo(backlog.rows() / 2, PATIENCE);
                Lap half = now();
                log.readTo(backlog.rows(), PATIENCE);
                return new Lap[] {half, now()};
            }
        }
        try (Arrival arrival = Arrival.of(rig, way, name)) {
            arrival.await(backlog.rows() / 2);
            Lap half = now();
            arrival.await(backlog.rows());
            return new Lap[] {half, now()};
        }
    }

    private Lap now() {
        return new Lap(System.nanoTime(), rig.costs());
    }

    private long lost(Way way, String name) throws Exception {
        return switch (way) {
            case LOG -> {
                SourceLogCheck.Result log =
                        SourceLogCheck.read(rig.stack().broker().amqpUri(), name);
                yield Math.abs(backlog.rows() - log.entries()) + (log.dense() ? 0 : 1);
            }
            case MYSQL -> Comparison.wrongRows(rig, SCHEMA + "." + WideTable.NAME);
            case REDIS -> Comparison.wrongEntries(rig, SCHEMA);
        };
    }

    /** A service that has just become healthy still compiles its own start. */
    private static void settle() throws InterruptedException {
        Thread.sleep(3000);
    }

    private Map<String, Long> peaks(Way way) throws IOException {
        Map<String, Long> peaks = new LinkedHashMap<>();
        for (String service : Services.DATA_PLANE) {
            if (way.processes().contains(service)) {
                peaks.put(
                        service, Costs.peakMegabytes(rig.service(service).pid().orElseThrow()));
            }
        }
        return peaks;
    }

    private void report(Way way, Lap whole, Lap second, Map<String, Long> peaks, long lost) {
        long rows = backlog.rows();
        Map<String, Double> perMillion = whole.perMillion(way, rows);
        new Result("catchup")
                .with("way", way.toString())
                .with("rows", rows)
                .with("transactions", backlog.transactions())
                .with("durableTarget", rig.durable())
                .with("seconds", whole.at / 1e9)
                .with("rowsPerSecond", lost == 0 ? whole.rate(rows) : 0.0)
                .with("cpuSecondsPerMillionRows", perMillion)
                .with(
                        "captureAndBrokerPerMillionRows",
                        perMillion.getOrDefault("capture", 0.0) + perMillion.getOrDefault("broker", 0.0))
                .with(
                        "secondHalf",
                        Map.of(
                                "rowsPerSecond",
                                lost == 0 ? second.rate(rows - rows / 2) : 0.0,
                                "cpuSecondsPerMillionRows",
                                second.perMillion(way, rows - rows / 2)))
                .with("peakMegabytes", peaks)
                .with("lost", lost)
                .print();
    }
}
