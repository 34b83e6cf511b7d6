package dev.sluice.benchmarks.wholeway;

import dev.sluice.benchmarks.measure.Costs;
import dev.sluice.benchmarks.measure.Result;
import dev.sluice.benchmarks.workload.Backlog;
import dev.sluice.change.status.LagHistogram;
import dev.sluice.demo.check.LagMeter;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** sysbench's oltp_write_only through everything into the target, as fast as the source takes it, and then a comparison. */
public final class SysbenchRun {
    private static final String PIPELINE = "sysbench";
    private static final int TABLES = 4;
    private static final int REPORTS = 4;
    private static final long REPORT_MILLIS = 2000;

    private SysbenchRun() {}

    /**
     * Runs it; true if source and target are equal in the end.
     *
     * @param tableSize rows in each of four tables
     */
    public static boolean run(int tableSize, int threads, Duration time, boolean durable) throws Exception {
        Sysbench.demand();
        try (Rig rig = Rig.start(durable)) {
            rig.targets();
            Sysbench sysbench = new Sysbench(rig.source(), TABLES, tableSize);
            System.err.println("sysbench prepare");
            sysbench.prepare(rig.target());
            rig.source(PIPELINE, Backlog.end(rig.source()));
            rig.pipeline(PIPELINE, PIPELINE, Way.MYSQL, Sysbench.SCHEMA);
            rig.awaitCaptured(PIPELINE);
            try (LagMeter lags = new LagMeter(rig.stack().broker().amqpUri());
                    Arrival arrival = Arrival.of(rig, Way.MYSQL, PIPELINE)) {
                return measure(rig, sysbench, threads, time, lags, arrival);
            }
        }
    }

    private static boolean measure(
            Rig rig, Sysbench sysbench, int threads, Duration time, LagMeter lags, Arrival arrival) throws Exception {
        Costs before = rig.costs();
        long begin = System.nanoTime();
        System.err.println("sysbench run, " + time.toSeconds() + " s");
        long transactions = sysbench.run(threads, time);
        long end = System.nanoTime();
        long atEnd = arrival.now();
        long rows = captured(rig);
        arrival.await(rows);
        long drained = arrival.lastMove();
        Costs costs = rig.costs().since(before);
        Thread.sleep(REPORTS * REPORT_MILLIS);
        List<Long> all = lags.counts("apply");

        long wrong = 0;
        for (String table : sysbench.tables()) {
            wrong += Comparison.wrongRows(rig, table);
        }
        Map<String, Double> perMillion = costs.times(1e6 / Math.max(1, rows));
        perMillion.keySet().retainAll(Way.MYSQL.processes());
        new Result("sysbench")
                .with("threads", threads)
                .with("seconds", (end - begin) / 1e9)
                .with("transactions", transactions)
                .with("rows", rows)
                .with("rowsPerSecond", wrong == 0 ? Math.rint(rows * 1e9 / (drained - begin)) : 0.0)
                .with("behindAtEndRows", rows - atEnd)
                .with("drainSeconds", Math.max(0, (drained - end) / 1e9))
                .with("lagP50Millis", LagHistogram.percentile(all, 0.5) / 1000.0)
                .with("lagP99Millis", LagHistogram.percentile(all, 0.99) / 1000.0)
                .with("cpuSecondsPerMillionRows", perMillion)
                .with("durableTarget", rig.durable())
                .with("lost", wrong)
                .print();
        return wrong == 0;
    }

    /** The last entry captured, once it stays the same over some reports. */
    private static long captured(Rig rig) throws Exception {
        long last = -1;
        for (int same = 0; same < REPORTS; Thread.sleep(REPORT_MILLIS)) {
            long now = rig.status(PIPELINE).path("captured").asLong();
            same = now == last ? same + 1 : 0;
            last = now;
        }
        return last;
    }
}
